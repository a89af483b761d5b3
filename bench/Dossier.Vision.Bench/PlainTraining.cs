using Dossier.Vision.Model;
using static TorchSharp.torch;

namespace Dossier.Vision.Bench;

/// <summary>A TorchSharp loop at its shortest: forward, backward and AdamW on a batch that is ready.</summary>
internal sealed class PlainTraining : IDisposable
{
    private readonly ViTForImageClassification _model;
    private readonly Tensor _inputs;
    private readonly Tensor _targets;
    private readonly optim.Optimizer _optimizer;

    public PlainTraining(ViTForImageClassification model, int batch)
    {
        _model = model;
        _model.train();
        _inputs = randn(batch, 3, model.Config.ImageSize, model.Config.ImageSize);
        _targets = randint(model.Config.Labels.Count, [batch], ScalarType.Int64);
        _optimizer = optim.AdamW(model.parameters(), lr: 1e-5);
    }

    public void Step()
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var loss = nn.functional.cross_entropy(_model.forward(_inputs), _targets);
        loss.backward();
        _optimizer.step();
        _ = loss.item<float>();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _targets.Dispose();
        _inputs.Dispose();
    }
}
