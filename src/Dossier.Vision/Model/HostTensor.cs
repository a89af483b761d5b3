namespace Dossier.Vision.Model;

/// <summary>A tensor in memory, apart from torch: little-endian floats in row-major order.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Values">As many values as the shape's product.</param>
public sealed record HostTensor(IReadOnlyList<long> Shape, ReadOnlyMemory<float> Values);
