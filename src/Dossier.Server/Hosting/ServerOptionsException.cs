namespace Dossier.Server.Hosting;

/// <summary>A server can't start with the options given.</summary>
/// <param name="errors">All that is wrong, a sentence each.</param>
public sealed class ServerOptionsException(IReadOnlyList<string> errors)
    : Exception($"The server can't start: {string.Join(" ", errors)}")
{
    /// <summary>All that is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
