using Dossier.Vision.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace Dossier.Vision.Training;

/// <summary>
/// The weights that the optimiser changes. In 32 bits they are the model's own. In bfloat16 the model calculates with rounded copies: a change of a thousandth would
/// be lost in their 8 bits, so the 32-bit masters are kept here. <see cref="Dispose"/> gives the model 32 bits and the masters' values again.
/// </summary>
internal sealed class Weights : IDisposable
{
    private readonly nn.Module _model;
    private readonly bool _bf16;

    public Weights(nn.Module model, bool bf16)
    {
        (_model, _bf16) = (model, bf16);
        Masters = [.. model.named_parameters().Select(pair => (pair.name, bf16 ? Clone(pair.parameter) : pair.parameter))];
        if (bf16)
        {
            model.to(ScalarType.BFloat16);
        }

        static Tensor Clone(Tensor parameter)
        {
            using var _ = no_grad();
            return parameter.detach().clone().DetachFromDisposeScope();
        }
    }

    /// <summary>Names and weights for the optimiser.</summary>
    public IReadOnlyList<(string Name, Tensor Parameter)> Masters { get; }

    /// <summary>Forgets the model's gradients.</summary>
    public void ZeroGrad()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var parameter in _model.parameters())
        {
            parameter.grad?.zero_();
        }
    }

    /// <summary>Gives the masters the model's gradients.</summary>
    public void TakeGradients()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (own, master) in Copies())
        {
            if (own.grad is { } gradient)
            {
                master.grad = gradient.to_type(ScalarType.Float32);
            }
        }
    }

    /// <summary>Gives the model the masters' values.</summary>
    public void GiveToModel()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (own, master) in Copies())
        {
            own.copy_(master);
        }
    }

    /// <summary>A copy of the masters.</summary>
    public IReadOnlyDictionary<string, HostTensor> GetWeights()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return Masters.ToDictionary(pair => pair.Name, pair => HostTensors.Of(pair.Parameter));
    }

    /// <summary>Takes values for the masters, and gives them to the model.</summary>
    public void SetWeights(IReadOnlyDictionary<string, HostTensor> weights)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (name, master) in Masters)
        {
            master.copy_(HostTensors.ToTensor(weights[name]));
        }
        GiveToModel();
    }

    public void Dispose()
    {
        if (!_bf16)
        {
            return;
        }
        _model.to(ScalarType.Float32);
        GiveToModel();
        foreach (var (_, master) in Masters)
        {
            master.grad?.Dispose();
            master.Dispose();
        }
    }

    /// <summary>The model's parameters by now – a change of type makes new ones – with their masters; empty in 32 bits, where they are the same.</summary>
    private IEnumerable<(Tensor Own, Tensor Master)> Copies() =>
        _bf16 ? _model.parameters().Zip(Masters, (own, master) => ((Tensor)own, master.Parameter)) : [];
}
