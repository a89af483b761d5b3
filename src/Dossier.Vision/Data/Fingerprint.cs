using System.Numerics.Tensors;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Data;

/// <summary>A picture's look, small enough to compare with every other: a perceptual hash that flips and turns do not change, and a grey thumbnail to confirm by.</summary>
public sealed record Fingerprint
{
    /// <summary>Pixels of the thumbnail's side.</summary>
    internal const int Side = 16;

    private const int Frequencies = 8;

    private static readonly float[] Waves = MakeWaves();

    private Fingerprint(byte[] thumbnail, float[] hash)
    {
        Thumbnail = thumbnail;
        Hash = hash;
    }

    /// <summary>Grey levels, row by row.</summary>
    internal byte[] Thumbnail { get; }

    /// <summary>
    /// Strengths of the thumbnail's low frequencies (its orthonormal DCT), across and down taken together. A flip changes signs and a turn swaps
    /// directions, so neither changes a strength; and no two hashes differ by more than their thumbnails do (in the Euclidean distance).
    /// </summary>
    internal float[] Hash { get; }

    /// <summary>Of a picture.</summary>
    public static Fingerprint Of(Raster picture)
    {
        var small = Resizer.Resize(picture, Side, Side, Resample.Bilinear);
        var thumbnail = new byte[Side * Side];
        for (var i = 0; i < thumbnail.Length; i++)
        {
            var pixel = small.Pixels.AsSpan(i * 3, 3);
            thumbnail[i] = (byte)(((299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2]) + 500) / 1000);
        }

        return new Fingerprint(thumbnail, HashOf(thumbnail));
    }

    /// <summary>The same value for equal looks, by content.</summary>
    public bool Equals(Fingerprint? other) => other is not null && Thumbnail.AsSpan().SequenceEqual(other.Thumbnail);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var code = default(HashCode);
        code.AddBytes(Thumbnail);
        return code.ToHashCode();
    }

    private static float[] HashOf(byte[] thumbnail)
    {
        var levels = Array.ConvertAll(thumbnail, level => (float)level);
        var across = new float[Frequencies * Side];
        for (var u = 0; u < Frequencies; u++)
        {
            for (var y = 0; y < Side; y++)
            {
                across[(u * Side) + y] = TensorPrimitives.Dot<float>(Waves.AsSpan(u * Side, Side), levels.AsSpan(y * Side, Side));
            }
        }

        float At(int u, int v) => TensorPrimitives.Dot<float>(Waves.AsSpan(v * Side, Side), across.AsSpan(u * Side, Side));
        var hash = new List<float>(Frequencies * (Frequencies + 1) / 2);
        for (var u = 0; u < Frequencies; u++)
        {
            hash.Add(Math.Abs(At(u, u)));
            for (var v = u + 1; v < Frequencies; v++)
            {
                hash.Add(MathF.Sqrt(MathF.Pow(At(u, v), 2) + MathF.Pow(At(v, u), 2)));
            }
        }

        return [.. hash];
    }

    private static float[] MakeWaves()
    {
        var waves = new float[Frequencies * Side];
        for (var u = 0; u < Frequencies; u++)
        {
            for (var x = 0; x < Side; x++)
            {
                waves[(u * Side) + x] = (float)(Math.Sqrt((u == 0 ? 1.0 : 2.0) / Side) * Math.Cos(Math.PI * (x + 0.5) * u / Side));
            }
        }

        return waves;
    }
}
