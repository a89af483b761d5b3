using Dossier.Vision.Model;

namespace Dossier.Vision.Onnx;

/// <summary>Weights by transformers' names, each checked for its shape when it is asked for.</summary>
internal sealed class ViTWeights(IReadOnlyDictionary<string, HostTensor> weights)
{
    /// <summary>A weight's values; all names but the classifier's lie below <c>vit</c>.</summary>
    /// <exception cref="VisionException">It is missing or has another shape.</exception>
    public ReadOnlyMemory<float> Get(string name, params IReadOnlyList<long> shape)
    {
        var full = name.StartsWith("classifier.", StringComparison.Ordinal) ? name : $"vit.{name}";
        if (!weights.TryGetValue(full, out var tensor))
        {
            throw new VisionException($"The weight '{full}' is missing; this configuration needs it with the shape [{string.Join(", ", shape)}].");
        }

        if (!tensor.Shape.SequenceEqual(shape) || tensor.Values.Length != shape.Aggregate(1L, (product, size) => product * size))
        {
            throw new VisionException($"The weight '{full}' has the shape [{string.Join(", ", tensor.Shape)}]; this configuration needs [{string.Join(", ", shape)}].");
        }

        return tensor.Values;
    }
}
