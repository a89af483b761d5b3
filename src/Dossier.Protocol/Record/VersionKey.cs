namespace Dossier.Protocol;

/// <summary>Names one version of a registered model.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Number">The version, e.g. <c>7</c>.</param>
public sealed record VersionKey(string Name, string Number);
