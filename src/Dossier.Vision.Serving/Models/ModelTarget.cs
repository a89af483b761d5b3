using Dossier.Protocol;

namespace Dossier.Vision.Serving.Models;

/// <summary>The one model that a URI means at a time.</summary>
/// <param name="Name">The registered model, or else the last part of the path: the name that metrics and captures have.</param>
/// <param name="Version">The registered model's version; null where there is none.</param>
/// <param name="Location">Where its files are on the server; null for a folder of this machine.</param>
/// <param name="Folder">The folder of this machine; null where it is to be downloaded.</param>
public sealed record ModelTarget(string Name, string? Version, ArtifactLocation? Location, string? Folder)
{
    /// <inheritdoc/>
    public override string ToString() => Version is null ? $"model '{Name}'" : $"version {Version} of model '{Name}'";
}
