using static TorchSharp.torch;

namespace Dossier.Vision.Training;

/// <summary>Cross-entropy with class weights and label smoothing, as PyTorch's <c>cross_entropy</c>; without weights transformers' LabelSmoother gives the same.</summary>
internal sealed class ClassificationLoss : IDisposable
{
    private readonly double _smoothing;
    private readonly Tensor? _weights;

    public ClassificationLoss(TrainingArguments arguments, Device device)
    {
        _smoothing = arguments.LabelSmoothingFactor;
        _weights = arguments.ClassWeights is { } weights
            ? tensor(weights.Select(weight => (float)weight).ToArray(), device: device).DetachFromDisposeScope()
            : null;
    }

    /// <summary>The mean over a batch; with weights, the weighted mean.</summary>
    /// <param name="logits"><c>[batch, classes]</c>.</param>
    /// <param name="targets"><c>[batch]</c>, ids.</param>
    public Tensor Of(Tensor logits, Tensor targets) =>
        nn.functional.cross_entropy(logits.to_type(ScalarType.Float32), targets, _weights, label_smoothing: _smoothing);

    public void Dispose() => _weights?.Dispose();
}
