namespace Dossier.Core.Review;

/// <summary>A move of a version to a stage, or a request for one.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Version">The version.</param>
/// <param name="Stage">Where to, by its canonical name.</param>
/// <param name="ArchiveExisting">Whether the versions that are there move to Archived.</param>
/// <param name="Comment">The caller's comment; null without one.</param>
public sealed record StageTransition(string Name, int Version, string Stage, bool ArchiveExisting, string? Comment);
