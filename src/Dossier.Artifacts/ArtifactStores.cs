using Dossier.Core.Artifacts;

namespace Dossier.Artifacts;

/// <summary>Which store an artifact root means: the one place that knows every kind.</summary>
public static class ArtifactStores
{
    /// <summary>What is wrong with an artifact root, as a sentence; null when nothing shows before it is opened.</summary>
    /// <param name="root">The artifact root: a local folder.</param>
    public static string? FaultOf(string root) => root.Length == 0 || root.Contains("://", StringComparison.Ordinal)
        ? $"artifact root '{root}' is not a local folder."
        : null;

    /// <summary>Opens the store, making it if it is missing.</summary>
    /// <param name="root">The artifact root: a local folder.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="IOException">The store can't be opened; the message says why.</exception>
    public static IArtifactStore Open(string root, TimeProvider clock)
    {
        try
        {
            return new LocalArtifactStore(root, clock);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"artifact root '{root}' can't be used: {failure.Message}", failure);
        }
    }
}
