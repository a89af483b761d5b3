using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dossier.Vision.Model;

/// <summary>One encoder layer: norm, self-attention, residual, norm, MLP, residual. The module tree is transformers', so that the weights have its names.</summary>
internal sealed class ViTLayer : nn.Module<Tensor, Tensor>
{
    private readonly ViTConfig _config;
    private readonly Linear _query;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly Linear _attentionOutput;
    private readonly Linear _intermediate;
    private readonly Linear _output;
    private readonly LayerNorm _normBefore;
    private readonly LayerNorm _normAfter;

    public ViTLayer(ViTConfig config)
        : base(nameof(ViTLayer))
    {
        _config = config;
        long hidden = config.HiddenSize;
        _query = Dense.New(hidden, hidden, config.QkvBias);
        _key = Dense.New(hidden, hidden, config.QkvBias);
        _value = Dense.New(hidden, hidden, config.QkvBias);
        _attentionOutput = Dense.New(hidden, hidden);
        _intermediate = Dense.New(hidden, config.IntermediateSize);
        _output = Dense.New(config.IntermediateSize, hidden);
        _normBefore = nn.LayerNorm(hidden, config.LayerNormEps);
        _normAfter = nn.LayerNorm(hidden, config.LayerNormEps);
        register_module("attention", new Branch(
            ("attention", new Branch(("query", _query), ("key", _key), ("value", _value))),
            ("output", new Branch(("dense", _attentionOutput)))));
        register_module("intermediate", new Branch(("dense", _intermediate)));
        register_module("output", new Branch(("dense", _output)));
        register_module("layernorm_before", _normBefore);
        register_module("layernorm_after", _normAfter);
    }

    /// <param name="input">Tokens <c>[batch, tokens, hidden]</c>.</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var attended = input + Dropped(Dense.Apply(_attentionOutput, Attend(_normBefore.forward(input))));
        var widened = nn.functional.gelu(Dense.Apply(_intermediate, _normAfter.forward(attended)));
        return (attended + Dropped(Dense.Apply(_output, widened))).MoveToOuterDisposeScope();
    }

    private Tensor Attend(Tensor tokens)
    {
        var attended = nn.functional.scaled_dot_product_attention(
            Heads(_query), Heads(_key), Heads(_value), p: training ? _config.AttentionProbsDropoutProb : 0);
        return attended.transpose(1, 2).reshape(tokens.shape);

        Tensor Heads(Linear linear) =>
            Dense.Apply(linear, tokens).view(tokens.shape[0], tokens.shape[1], _config.NumAttentionHeads, -1).transpose(1, 2);
    }

    private Tensor Dropped(Tensor tokens) =>
        training && _config.HiddenDropoutProb > 0 ? nn.functional.dropout(tokens, _config.HiddenDropoutProb) : tokens;
}
