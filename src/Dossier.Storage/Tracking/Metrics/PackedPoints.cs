using System.Buffers.Binary;

namespace Dossier.Storage.Tracking;

/// <summary>
/// The points of one request as bytes, little endian: for each key its id and the number of its points, then timestamp, step and
/// the value's bits of each. Eight bytes each.
/// </summary>
internal static class PackedPoints
{
    private const int Word = sizeof(long);

    /// <summary>Packs points that are grouped by key.</summary>
    public static byte[] Pack(ReadOnlySpan<StoredPoint> points)
    {
        var bytes = new byte[((2 * CountGroups(points)) + (3 * points.Length)) * Word];
        var rest = bytes.AsSpan();
        while (!points.IsEmpty)
        {
            var count = GroupLength(points);
            rest = Write(Write(rest, points[0].KeyId), count);
            foreach (ref readonly var point in points[..count])
            {
                rest = Write(Write(Write(rest, point.Timestamp), point.Step), BitConverter.DoubleToInt64Bits(point.Value));
            }

            points = points[count..];
        }

        return bytes;
    }

    /// <summary>Adds the packed points to a list.</summary>
    public static void Unpack(ReadOnlySpan<byte> bytes, List<StoredPoint> points)
    {
        while (!bytes.IsEmpty)
        {
            var (key, count) = (Read(bytes), Read(bytes[Word..]));
            bytes = bytes[(2 * Word)..];
            for (; count > 0; count--)
            {
                points.Add(new(key, Read(bytes), Read(bytes[Word..]), BitConverter.Int64BitsToDouble(Read(bytes[(2 * Word)..]))));
                bytes = bytes[(3 * Word)..];
            }
        }
    }

    private static int CountGroups(ReadOnlySpan<StoredPoint> points)
    {
        var groups = 0;
        for (; !points.IsEmpty; groups++)
        {
            points = points[GroupLength(points)..];
        }

        return groups;
    }

    private static int GroupLength(ReadOnlySpan<StoredPoint> points)
    {
        var length = 1;
        while (length < points.Length && points[length].KeyId == points[0].KeyId)
        {
            length++;
        }

        return length;
    }

    private static Span<byte> Write(Span<byte> bytes, long word)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, word);
        return bytes[Word..];
    }

    private static long Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);
}
