using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Artifacts below one root, in one of the places where they can be. Paths are relative to the root, with <c>/</c>, not encoded.</summary>
internal interface IArtifactTree
{
    /// <summary>The route, below the host, that lists a folder.</summary>
    string ListRoute(string path, string? pageToken);

    /// <summary>Where a file is read from.</summary>
    Task<ArtifactSource> SourceAsync(string path, CancellationToken cancellationToken);

    /// <summary>The route, below the host, to which a file is PUT and at which files and folders are deleted.</summary>
    /// <exception cref="ProtocolException"><c>NOT_IMPLEMENTED</c>: this place can only be read.</exception>
    string WriteRoute(string path);
}
