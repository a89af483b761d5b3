namespace Dossier.Vision.Boards;

/// <summary>Boards cannot be drawn as asked; the message says why and what would be right.</summary>
/// <param name="message">Why.</param>
public sealed class BoardException(string message) : Exception(message);
