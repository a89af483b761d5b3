using Dossier.Vision.Inference;

namespace Dossier.Vision.Cli.Predicting;

/// <summary>Writes predictions as they come.</summary>
internal interface IPredictionWriter
{
    /// <summary>Writes one.</summary>
    ValueTask WriteAsync(InferredPicture picture, CancellationToken cancellationToken);

    /// <summary>Writes what is left; nothing may follow.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
