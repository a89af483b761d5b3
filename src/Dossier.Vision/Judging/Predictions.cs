using Dossier.Vision.Data;

namespace Dossier.Vision.Judging;

/// <summary>What a model says of pictures whose classes are known.</summary>
/// <param name="Classes">Class names; a name's place is its id.</param>
/// <param name="Pictures">The pictures.</param>
/// <param name="Targets">The true class of each picture.</param>
/// <param name="Logits"><c>[pictures, classes]</c>, row-major.</param>
public sealed record Predictions(IReadOnlyList<string> Classes, IReadOnlyList<Picture> Pictures, IReadOnlyList<int> Targets, float[] Logits);
