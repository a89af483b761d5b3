using Dossier.Protocol;

namespace Dossier.Core.Artifacts;

/// <summary>A file that a caller asked for and may read. Whether it exists shows when it is looked at.</summary>
public sealed class ServedFile
{
    private readonly IArtifactStore _store;
    private readonly ArtifactPath _place;
    private readonly string _missing;

    internal ServedFile(IArtifactStore store, ArtifactPath place, ArtifactOwner owner, string path, string missing) =>
        (_store, _place, Owner, Path, _missing) = (store, place, owner, path, missing);

    /// <summary>What it belongs to.</summary>
    public ArtifactOwner Owner { get; }

    /// <summary>The path as the request names it: below its owner, or in the store.</summary>
    public string Path { get; }

    /// <summary>The file's name.</summary>
    public string Name => Path.Split('/')[^1];

    /// <summary>Size, time and state.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c></exception>
    public async Task<ArtifactInfo> InfoAsync(CancellationToken cancellationToken) => await _store.FindAsync(_place, cancellationToken) ?? throw Missing();

    /// <summary>Opens a range of it.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c></exception>
    public async Task<ArtifactContent> OpenAsync(ArtifactRange range, CancellationToken cancellationToken) =>
        await _store.OpenAsync(_place, range, cancellationToken) ?? throw Missing();

    private ProtocolException Missing() => ProtocolException.NotFound(_missing);
}
