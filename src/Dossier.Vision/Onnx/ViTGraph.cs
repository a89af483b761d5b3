using Dossier.Vision.Model;

namespace Dossier.Vision.Onnx;

/// <summary>
/// The graph of a vision transformer. Tokens are rows of one matrix <c>[batch · tokens, hidden]</c>, so that every linear layer is one Gemm with the
/// weight as PyTorch has it. What does not depend on the picture is calculated here: the first token, positions and the projection's bias are one
/// constant, the attention's scale is part of the query's weights. After the last attention only the first token counts, so only it goes on.
/// </summary>
internal sealed class ViTGraph
{
    public const string Input = "pixel_values";
    public const string Output = "logits";

    private readonly OnnxGraph _graph = new("vit");
    private readonly ViTConfig _config;
    private readonly IReadOnlyDictionary<string, HostTensor> _weights;
    private readonly int _tokens;
    private readonly int _headSize;

    private ViTGraph(ViTConfig config, IReadOnlyDictionary<string, HostTensor> weights)
    {
        _config = config;
        _weights = weights;
        _tokens = config.Patches + 1;
        _headSize = config.HiddenSize / config.NumAttentionHeads;
    }

    public static OnnxGraph Build(ViTConfig config, IReadOnlyDictionary<string, HostTensor> weights) => new ViTGraph(config, weights).Build();

    private OnnxGraph Build()
    {
        var hidden = _config.HiddenSize;
        _graph.Add(new OnnxTensor("rows", -1, hidden));
        _graph.Add(new OnnxTensor("pictures", -1, _tokens, hidden));
        _graph.Add(new OnnxTensor("heads", -1, _tokens, _config.NumAttentionHeads, _headSize));
        _graph.Add(new OnnxTensor("one_token_heads", -1, 1, _config.NumAttentionHeads, _headSize));
        _graph.Add(new OnnxTensor("first", 0));

        var tokens = Embed();
        for (var i = 0; i < _config.NumHiddenLayers; i++)
        {
            tokens = Layer($"encoder.layer.{i}", tokens, isLast: i == _config.NumHiddenLayers - 1);
        }

        Linear(Output, Normalise("layernorm", tokens), "classifier", _config.Labels.Count, hidden);
        return _graph;
    }

    /// <summary>Patches and the first token with their positions: <c>[batch · tokens, hidden]</c>.</summary>
    private string Embed()
    {
        var (hidden, channels, patch) = (_config.HiddenSize, _config.NumChannels, _config.PatchSize);
        var side = _config.ImageSize / patch;
        var projection = _graph.Add(new OnnxTensor(
            "projection", [hidden, channels * patch * patch], new OnnxPart(Weight("embeddings.patch_embeddings.projection.weight"))));
        _graph.Add(new OnnxTensor("grid", -1, channels, side, patch, side, patch));
        _graph.Add(new OnnxTensor("patches", -1, channels * patch * patch));
        _graph.Add(new OnnxTensor("patches_of_pictures", -1, _config.Patches, hidden));
        _graph.Add(new OnnxTensor("room_for_the_first_token", 0, 1, 0, 0, 0, 0));
        _graph.Add(new OnnxTensor("positions", [1, _tokens, hidden], new OnnxPart(Positions())));

        // A convolution whose stride is its kernel is a Gemm over patches, whose result lies as the tokens do.
        var grid = _graph.Add("Reshape", "embeddings.grid", [Input, "grid"]);
        var turned = _graph.Add("Transpose", "embeddings.turned", [grid], OnnxAttribute.Order(0, 2, 4, 1, 3, 5));
        var patches = _graph.Add("Reshape", "embeddings.patches", [turned, "patches"]);
        var projected = _graph.Add("Gemm", "embeddings.projected", [patches, projection], new OnnxAttribute("transB", 1));
        var pictures = _graph.Add("Reshape", "embeddings.pictures", [projected, "patches_of_pictures"]);
        var padded = _graph.Add("Pad", "embeddings.padded", [pictures, "room_for_the_first_token"]);
        var embedded = _graph.Add("Add", "embeddings.embedded", [padded, "positions"]);
        return _graph.Add("Reshape", "embeddings", [embedded, "rows"]);
    }

    private float[] Positions()
    {
        var hidden = _config.HiddenSize;
        var sum = Weight("embeddings.position_embeddings").ToArray();
        var first = Weight("embeddings.cls_token").Span;
        var bias = Weight("embeddings.patch_embeddings.projection.bias").Span;
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += i < hidden ? first[i] : bias[i % hidden];
        }

        return sum;
    }

    private string Layer(string name, string tokens, bool isLast)
    {
        var hidden = _config.HiddenSize;
        var normal = Normalise($"{name}.layernorm_before", tokens);
        var asking = isLast ? FirstOnly($"{name}.asking", normal) : normal;
        var scale = 1 / MathF.Sqrt(_headSize);
        var query = Heads($"{name}.attention.attention.query", asking, isLast ? "one_token_heads" : "heads", [0, 2, 1, 3], scale);
        var key = Heads($"{name}.attention.attention.key", normal, "heads", [0, 2, 3, 1]);
        var value = Heads($"{name}.attention.attention.value", normal, "heads", [0, 2, 1, 3]);
        var scores = _graph.Add("MatMul", $"{name}.scores", [query, key]);
        var shares = _graph.Add("Softmax", $"{name}.shares", [scores], new OnnxAttribute("axis", -1));
        var mixed = _graph.Add("MatMul", $"{name}.mixed", [shares, value]);
        var turned = _graph.Add("Transpose", $"{name}.turned", [mixed], OnnxAttribute.Order(0, 2, 1, 3));
        var attended = Linear($"{name}.attended", _graph.Add("Reshape", $"{name}.joined", [turned, "rows"]), $"{name}.attention.output.dense", hidden, hidden);
        var through = _graph.Add("Add", $"{name}.through", [attended, isLast ? FirstOnly($"{name}.tokens", tokens) : tokens]);

        var wide = Linear($"{name}.wide", Normalise($"{name}.layernorm_after", through), $"{name}.intermediate.dense", _config.IntermediateSize, hidden);
        var active = _graph.Add("Gelu", $"{name}.active", [wide]);
        return _graph.Add("Add", name, [Linear($"{name}.narrow", active, $"{name}.output.dense", hidden, _config.IntermediateSize), through]);
    }

    private string FirstOnly(string output, string tokens)
    {
        var pictures = _graph.Add("Reshape", $"{output}.pictures", [tokens, "pictures"]);
        var first = _graph.Add("Gather", $"{output}.first", [pictures, "first"], new OnnxAttribute("axis", 1));
        return _graph.Add("Reshape", output, [first, "rows"]);
    }

    private string Heads(string name, string tokens, string shape, int[] order, float scale = 1)
    {
        var projected = Linear($"{name}.projected", tokens, name, _config.HiddenSize, _config.HiddenSize, scale, _config.QkvBias);
        var heads = _graph.Add("Reshape", $"{name}.heads", [projected, shape]);
        return _graph.Add("Transpose", name, [heads], OnnxAttribute.Order(order));
    }

    private string Normalise(string name, string tokens)
    {
        var weight = Vector($"{name}.weight", _config.HiddenSize);
        var bias = Vector($"{name}.bias", _config.HiddenSize);
        return _graph.Add("LayerNormalization", name, [tokens, weight, bias], new OnnxAttribute("axis", -1), new OnnxAttribute("epsilon", (float)_config.LayerNormEps));
    }

    private string Linear(string output, string input, string name, int outputs, int inputs, float scale = 1, bool hasBias = true)
    {
        var weight = _graph.Add(new OnnxTensor($"{name}.weight", [outputs, inputs], new OnnxPart(Weight($"{name}.weight"), scale)));
        string[] operands = hasBias ? [input, weight, Vector($"{name}.bias", outputs, scale)] : [input, weight];
        return _graph.Add("Gemm", output, operands, new OnnxAttribute("transB", 1));
    }

    private string Vector(string name, int size, float scale = 1) =>
        _graph.Add(new OnnxTensor(name, [size], new OnnxPart(Weight(name), scale)));

    /// <summary>A weight by its name below <c>vit</c>, where all lie but the head's.</summary>
    private ReadOnlyMemory<float> Weight(string name) => _weights[name is ViTWeights.HeadWeight or ViTWeights.HeadBias ? name : $"vit.{name}"].Values;
}
