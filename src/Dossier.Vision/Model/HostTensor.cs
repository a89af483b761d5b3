namespace Dossier.Vision.Model;

/// <summary>A tensor in memory, apart from torch: little-endian floats in row-major order.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Values">As many values as the shape's product.</param>
public sealed record HostTensor(IReadOnlyList<long> Shape, ReadOnlyMemory<float> Values)
{
    // 2 GB as floats, more than any layer that ViTConfig allows: so that a tensor's bytes still fit one span.
    private const long MaximumCount = int.MaxValue / sizeof(float);

    /// <summary>The product of sizes from a file; null if one is negative or the product is beyond what a tensor may hold.</summary>
    internal static int? Count(IReadOnlyList<long> shape)
    {
        var empty = shape.Contains(0);
        long count = 1;
        foreach (var size in shape)
        {
            if (size is < 0 or > MaximumCount || (!empty && (count *= size) > MaximumCount))
            {
                return null;
            }
        }

        return empty ? 0 : (int)count;
    }
}
