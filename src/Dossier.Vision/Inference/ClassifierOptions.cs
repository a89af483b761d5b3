namespace Dossier.Vision.Inference;

/// <summary>How a classifier runs.</summary>
public sealed record ClassifierOptions
{
    /// <summary>Threads of one run; 0 for as many as there are cores.</summary>
    public int Threads { get; init; }
}
