namespace Dossier.Vision.Data;

/// <summary>A picture's look, small enough to compare with every other: a perceptual hash that flips and turns do not change, and a grey thumbnail to confirm by.</summary>
public sealed record Fingerprint;
