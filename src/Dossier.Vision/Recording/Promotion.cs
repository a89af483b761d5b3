using Dossier.Protocol;

namespace Dossier.Vision.Recording;

/// <summary>Whether a version was moved to a stage.</summary>
/// <param name="Version">The version as it is now.</param>
/// <param name="Promoted">Whether it was moved.</param>
/// <param name="Why">The reason, in a sentence for people.</param>
public sealed record Promotion(ModelVersion Version, bool Promoted, string Why);
