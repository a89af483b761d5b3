using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>How one attempt failed: the error for the caller, and what the retry policy needs to know.</summary>
/// <param name="error">The error for the caller if this was the last attempt.</param>
internal sealed class AttemptException(ProtocolException error) : Exception(error.Message, error)
{
    public ProtocolException Error { get; } = error;

    /// <summary>Whether the request surely did not reach the server.</summary>
    public bool NeverReached { get; init; }

    /// <summary>Whether waiting can help at all, e.g. not after a refused certificate.</summary>
    public bool Passing { get; init; }

    /// <summary>How long the server asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
