using System.Numerics.Tensors;

namespace Dossier.Vision.Data;

/// <summary>
/// Whether two pictures are one: re-encoded, resized, flipped or turned. Two photographs of one design of board differ by more than that, and are two.
/// </summary>
internal static class NearDuplicates
{
    /// <summary>The largest root mean square difference of two thumbnails of one picture, in grey levels.</summary>
    public const double MaxDifference = 2.0;

    /// <summary>The largest Euclidean distance of two hashes of one picture: what <see cref="MaxDifference"/> allows.</summary>
    public const float MaxHashDistance = (float)(MaxDifference * Fingerprint.Side);

    /// <summary>Whether the thumbnails are the same in one of the eight ways to lay one on the other.</summary>
    public static bool AreOne(Fingerprint a, Fingerprint b)
    {
        if (TensorPrimitives.Distance<float>(a.Hash, b.Hash) > MaxHashDistance)
        {
            return false;
        }

        for (var turn = 0; turn < 8; turn++)
        {
            if (Difference(a.Thumbnail, b.Thumbnail, turn) <= MaxDifference)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The root mean square difference after flips and a turn: bit 0 flips across, bit 1 down, bit 2 swaps rows and columns.</summary>
    public static double Difference(byte[] a, byte[] b, int turn)
    {
        const int Last = Fingerprint.Side - 1;
        const long Most = (long)(MaxDifference * MaxDifference * Fingerprint.Side * Fingerprint.Side);
        long sum = 0;
        for (var y = 0; y <= Last && sum <= Most; y++)
        {
            for (var x = 0; x <= Last; x++)
            {
                var (column, row) = ((turn & 1) == 0 ? x : Last - x, (turn & 2) == 0 ? y : Last - y);
                var difference = a[(y * Fingerprint.Side) + x] - b[(turn & 4) == 0 ? (row * Fingerprint.Side) + column : (column * Fingerprint.Side) + row];
                sum += difference * difference;
            }
        }

        return Math.Sqrt((double)sum / (Fingerprint.Side * Fingerprint.Side));
    }
}
