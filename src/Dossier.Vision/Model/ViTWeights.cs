namespace Dossier.Vision.Model;

/// <summary>The names and shapes of a vision transformer's weights in transformers, and whether given weights are those.</summary>
public static class ViTWeights
{
    /// <summary>Rows of the head: one a label, <c>[labels, hidden]</c>.</summary>
    public const string HeadWeight = "classifier.weight";

    /// <summary>Bias of the head, <c>[labels]</c>.</summary>
    public const string HeadBias = "classifier.bias";

    // Messages name this many weights; a wrong file has hundreds.
    private const int Named = 3;

    /// <summary>Every weight of a model of this shape, in transformers' order.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<long> Shape)> Shapes(ViTConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        long hidden = config.HiddenSize;
        yield return ("vit.embeddings.cls_token", [1, 1, hidden]);
        yield return ("vit.embeddings.position_embeddings", [1, config.Patches + 1, hidden]);
        yield return ("vit.embeddings.patch_embeddings.projection.weight", [hidden, config.NumChannels, config.PatchSize, config.PatchSize]);
        yield return ("vit.embeddings.patch_embeddings.projection.bias", [hidden]);
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
        {
            foreach (var part in (string[])["query", "key", "value"])
            {
                yield return ($"vit.encoder.layer.{layer}.attention.attention.{part}.weight", [hidden, hidden]);
                if (config.QkvBias)
                {
                    yield return ($"vit.encoder.layer.{layer}.attention.attention.{part}.bias", [hidden]);
                }
            }

            yield return ($"vit.encoder.layer.{layer}.attention.output.dense.weight", [hidden, hidden]);
            yield return ($"vit.encoder.layer.{layer}.attention.output.dense.bias", [hidden]);
            yield return ($"vit.encoder.layer.{layer}.intermediate.dense.weight", [config.IntermediateSize, hidden]);
            yield return ($"vit.encoder.layer.{layer}.intermediate.dense.bias", [config.IntermediateSize]);
            yield return ($"vit.encoder.layer.{layer}.output.dense.weight", [hidden, config.IntermediateSize]);
            yield return ($"vit.encoder.layer.{layer}.output.dense.bias", [hidden]);
            foreach (var norm in (string[])["layernorm_before", "layernorm_after"])
            {
                yield return ($"vit.encoder.layer.{layer}.{norm}.weight", [hidden]);
                yield return ($"vit.encoder.layer.{layer}.{norm}.bias", [hidden]);
            }
        }

        yield return ("vit.layernorm.weight", [hidden]);
        yield return ("vit.layernorm.bias", [hidden]);
        yield return (HeadWeight, [config.Labels.Count, hidden]);
        yield return (HeadBias, [config.Labels.Count]);
    }

    /// <summary>Refuses weights that are not those of this shape: none may be missing, unknown or of other sizes.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="source">Where they came from, for the message.</param>
    /// <exception cref="VisionException">They are not; the first few are named.</exception>
    public static void Check(ViTConfig config, IReadOnlyDictionary<string, HostTensor> weights, string source)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var expected = Shapes(config).ToDictionary(weight => weight.Name, weight => weight.Shape);
        var faults = new List<string>();
        Add("missing", [.. expected.Keys.Where(name => !weights.ContainsKey(name))]);
        Add("unknown", [.. weights.Keys.Where(name => !expected.ContainsKey(name)).Order(StringComparer.Ordinal)]);
        Add(
            "of another shape",
            [.. expected.Where(weight => weights.TryGetValue(weight.Key, out var given) && !given.Shape.SequenceEqual(weight.Value))
                .Select(weight => $"{weight.Key} is {Show(weights[weight.Key].Shape)} where the config says {Show(weight.Value)}")]);
        if (weights.GetValueOrDefault("vit.embeddings.position_embeddings") is { Shape: [1, var places, _] } && places != config.Patches + 1)
        {
            faults.Add($"position embeddings for {places - 1} patches do not fit image_size {config.ImageSize} and patch_size {config.PatchSize}, which make {config.Patches}");
        }

        if (faults.Count > 0)
        {
            throw new VisionException($"{source}: the weights are not those of the model that the config describes: {string.Join("; ", faults)}.");
        }

        void Add(string fault, IReadOnlyList<string> names)
        {
            if (names.Count > 0)
            {
                var more = names.Count > Named ? $" and {names.Count - Named} more" : string.Empty;
                faults.Add($"{names.Count} {fault}: {string.Join(", ", names.Take(Named).Select(name => name.Length <= 200 ? name : name[..200] + "…"))}{more}");
            }
        }
    }

    /// <summary>What a classifier takes from a checkpoint: a bare encoder's names get their <c>vit.</c>, and the pooler, which only the bare encoder has, is left out.</summary>
    internal static Dictionary<string, HostTensor> OfClassifier(IReadOnlyDictionary<string, HostTensor> checkpoint)
    {
        var prefix = checkpoint.ContainsKey("embeddings.cls_token") ? "vit." : string.Empty;
        return checkpoint.Select(weight => (Name: prefix + weight.Key, weight.Value))
            .Where(weight => !weight.Name.StartsWith("vit.pooler.", StringComparison.Ordinal))
            .ToDictionary(weight => weight.Name, weight => weight.Value);
    }

    internal static string Show(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";
}
