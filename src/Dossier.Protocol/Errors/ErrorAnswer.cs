namespace Dossier.Protocol;

/// <summary>The body of every error answer.</summary>
/// <param name="ErrorCode">One of <see cref="Protocol.ErrorCode"/>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ErrorAnswer(string ErrorCode, string Message);
