using Dossier.Core.Artifacts;
using Dossier.Server.Audit;

namespace Dossier.Server.Http;

/// <summary>A file to be sent.</summary>
/// <param name="Path">Where it came from; the last part is its name.</param>
/// <param name="Owner">What it belongs to.</param>
/// <param name="Content">The open file; whoever sends it closes it.</param>
internal readonly record struct Download(string? Path, ArtifactOwner Owner, ArtifactContent Content)
{
    /// <summary>The file's name.</summary>
    public string Name => Path?.Split('/')[^1] ?? "";
}
