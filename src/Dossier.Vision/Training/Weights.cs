using TorchSharp;
using static TorchSharp.torch;

namespace Dossier.Vision.Training;

/// <summary>
/// The weights that the optimiser changes. In 32 bits they are the model's own. In bfloat16 the model calculates with rounded copies: a step of 1e-5 of a weight would
/// be lost in their 8 bits, so the 32-bit masters are kept here.
/// </summary>
internal sealed class Weights : IDisposable
{
    private readonly nn.Module _model;
    private readonly IReadOnlyList<(Tensor Own, Tensor Master)> _copies;

    public Weights(nn.Module model, bool bf16)
    {
        _model = model;
        var own = model.named_parameters().Select(pair => (pair.name, Parameter: (Tensor)pair.parameter)).ToList();
        if (!bf16)
        {
            Masters = own;
            _copies = [];
            return;
        }
        using var _ = no_grad();
        Masters = [.. own.Select(pair => (pair.name, pair.Parameter.detach().clone().DetachFromDisposeScope()))];
        model.to(ScalarType.BFloat16);
        _copies = [.. model.parameters().Zip(Masters, (parameter, master) => ((Tensor)parameter, master.Parameter))];
    }

    /// <summary>Names and weights for the optimiser.</summary>
    public IReadOnlyList<(string Name, Tensor Parameter)> Masters { get; }

    private bool IsBf16 => _copies.Count > 0;

    /// <summary>An input in the model's type.</summary>
    public Tensor Cast(Tensor input) => IsBf16 ? input.to_type(ScalarType.BFloat16) : input;

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
        foreach (var (own, master) in _copies)
        {
            if (own.grad is { } gradient)
            {
                master.grad = gradient.to_type(ScalarType.Float32);
            }
        }
    }

    /// <summary>Gives the model the masters' values.</summary>
    public void GiveToModel() => Copy(pair => (pair.Master, pair.Own));

    /// <summary>Takes the model's values.</summary>
    public void TakeFromModel() => Copy(pair => (pair.Own, pair.Master));

    private void Copy(Func<(Tensor Own, Tensor Master), (Tensor From, Tensor To)> direction)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (from, to) in _copies.Select(direction))
        {
            to.copy_(from);
        }
    }

    public void Dispose()
    {
    }
}
