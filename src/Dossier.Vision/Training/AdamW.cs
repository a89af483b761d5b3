using Dossier.Vision.Model;
using static TorchSharp.torch;

namespace Dossier.Vision.Training;

/// <summary>
/// AdamW in both of transformers' kinds. TorchSharp's own has PyTorch's kind only and keeps its state to a format of its own.
/// Weights of one dimension – biases and layer norms – are not decayed, as in transformers' Trainer.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private readonly TrainingArguments _arguments;
    private readonly Slot[] _slots;

    /// <param name="parameters">The weights by name; they stay the caller's.</param>
    /// <param name="arguments">Betas, epsilon, decay and kind.</param>
    public AdamW(IEnumerable<(string Name, Tensor Parameter)> parameters, TrainingArguments arguments)
    {
        _arguments = arguments;
        using var _ = no_grad();
        _slots = [.. parameters.Select(pair => new Slot(
            pair.Name, pair.Parameter, zeros_like(pair.Parameter).DetachFromDisposeScope(), zeros_like(pair.Parameter).DetachFromDisposeScope(),
            pair.Parameter.dim() > 1 ? arguments.WeightDecay : 0))];
    }

    /// <summary>Steps made.</summary>
    public long Steps { get; private set; }

    /// <summary>Scales all gradients down so that their common norm is at most <paramref name="maxNorm"/>.</summary>
    /// <returns>The norm before.</returns>
    public double ClipGradients(double maxNorm)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var gradients = _slots.Select(slot => slot.Parameter.grad).OfType<Tensor>().ToList();
        if (gradients.Count == 0)
        {
            return 0;
        }
        var norm = stack(gradients.Select(gradient => gradient.norm())).norm().item<float>();
        var scale = maxNorm / (norm + 1e-6);
        if (scale < 1)
        {
            foreach (var gradient in gradients)
            {
                gradient.mul_(scale);
            }
        }
        return norm;
    }

    /// <summary>Changes the weights by their gradients.</summary>
    public void Step(double learningRate)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Steps++;
        var (beta1, beta2) = (_arguments.AdamBeta1, _arguments.AdamBeta2);
        var correction1 = 1 - Math.Pow(beta1, Steps);
        var correction2 = Math.Sqrt(1 - Math.Pow(beta2, Steps));
        var torchKind = _arguments.Optim == Optim.AdamWTorch;
        foreach (var (_, parameter, mean, square, decay) in _slots)
        {
            using var inner = NewDisposeScope();
            if (parameter.grad is not { } gradient)
            {
                continue;
            }
            mean.mul_(beta1).add_(gradient, alpha: 1 - beta1);
            square.mul_(beta2).addcmul_(gradient, gradient, value: 1 - beta2);
            if (torchKind)
            {
                if (decay > 0)
                {
                    parameter.mul_(1 - learningRate * decay);
                }
                parameter.addcdiv_(mean, square.sqrt().div_(correction2).add_(_arguments.AdamEpsilon), value: -learningRate / correction1);
            }
            else
            {
                parameter.addcdiv_(mean, square.sqrt().add_(_arguments.AdamEpsilon), value: -learningRate * correction2 / correction1);
                if (decay > 0)
                {
                    parameter.mul_(1 - learningRate * decay);
                }
            }
        }
    }

    /// <summary>A copy of the moments: <c>exp_avg.NAME</c> and <c>exp_avg_sq.NAME</c>.</summary>
    public IReadOnlyDictionary<string, HostTensor> GetState()
    {
        using var scope = NewDisposeScope();
        return _slots.SelectMany(Moments).ToDictionary(moment => moment.Name, moment => HostTensors.Of(moment.Value));
    }

    /// <summary>Takes moments; nothing is taken unless all are there and fit.</summary>
    /// <exception cref="VisionException">One is missing or of another shape.</exception>
    public void SetState(IReadOnlyDictionary<string, HostTensor> state, long steps)
    {
        List<(Tensor Target, HostTensor Value)> values = [];
        foreach (var (name, target) in _slots.SelectMany(Moments))
        {
            if (!state.TryGetValue(name, out var value) || !value.Shape.SequenceEqual(target.shape))
            {
                throw new VisionException($"The optimiser's state has no {name} of shape [{string.Join(", ", target.shape)}]: it belongs to another model.");
            }
            values.Add((target, value));
        }
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (target, value) in values)
        {
            target.copy_(HostTensors.ToTensor(value));
        }
        Steps = steps;
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            slot.Mean.Dispose();
            slot.Square.Dispose();
        }
    }

    private static IEnumerable<(string Name, Tensor Value)> Moments(Slot slot) => [("exp_avg." + slot.Name, slot.Mean), ("exp_avg_sq." + slot.Name, slot.Square)];

    private sealed record Slot(string Name, Tensor Parameter, Tensor Mean, Tensor Square, double Decay);
}
