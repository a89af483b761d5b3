using System.Numerics.Tensors;

namespace Dossier.Vision.Data;

/// <summary>
/// Whether two pictures are one: re-encoded, resized, flipped or turned. Two photographs of one design of board differ by more than that, and are two.
/// The bounds were measured on generated boards of one design, 64 and 256 pixels wide: JPEG down to quality 30 and antialiased resizing to 64 pixels change a
/// thumbnail by 1.4 levels at most, two boards differ by 5 at least, and where they differ most, by far more.
/// </summary>
internal static class NearDuplicates
{
    /// <summary>The largest root mean square difference of two thumbnails of one picture, in grey levels.</summary>
    public const double MaxDifference = 2.5;

    /// <summary>The largest difference of any pixel of theirs: what is missing on a board is missing in one place.</summary>
    public const int MaxPixelDifference = 12;

    /// <summary>The largest Euclidean distance of two hashes of one picture: what <see cref="MaxDifference"/> allows.</summary>
    public const float MaxHashDistance = (float)(MaxDifference * Fingerprint.Side);

    private static readonly int[][] Turns = [.. Enumerable.Range(0, 8).Select(Turn)];

    /// <summary>Whether the thumbnails are the same in one of the eight ways to lay one on the other.</summary>
    public static bool AreOne(Fingerprint a, Fingerprint b) =>
        TensorPrimitives.Distance<float>(a.Hash, b.Hash) <= MaxHashDistance && Array.Exists(Turns, turn => AreAlike(a.Thumbnail, b.Thumbnail, turn));

    private static bool AreAlike(byte[] a, byte[] b, int[] turn)
    {
        const int Most = (int)(MaxDifference * MaxDifference * Fingerprint.Side * Fingerprint.Side);
        var sum = 0;
        for (var i = 0; i < turn.Length; i++)
        {
            var difference = a[i] - b[turn[i]];
            sum += difference * difference;
            if (sum > Most || Math.Abs(difference) > MaxPixelDifference)
            {
                return false;
            }
        }

        return true;
    }

    // Where each pixel lies after the flips and turns: bit 0 flips across, bit 1 down, bit 2 swaps rows and columns.
    private static int[] Turn(int which)
    {
        const int Last = Fingerprint.Side - 1;
        return [.. Enumerable.Range(0, Fingerprint.Side * Fingerprint.Side).Select(place =>
        {
            var (row, column) = Math.DivRem(place, Fingerprint.Side);
            column = (which & 1) == 0 ? column : Last - column;
            row = (which & 2) == 0 ? row : Last - row;
            return (which & 4) == 0 ? (row * Fingerprint.Side) + column : (column * Fingerprint.Side) + row;
        })];
    }
}
