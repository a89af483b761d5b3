namespace Dossier.Vision.Training;

/// <summary>How to train, with the names, meanings and defaults of transformers' TrainingArguments (4.28) where both have them.</summary>
public sealed record TrainingArguments
{
    /// <summary>Checkpoints go here (<c>output_dir</c>).</summary>
    public required string OutputDir { get; init; }
}
