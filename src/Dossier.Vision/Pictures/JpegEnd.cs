using System.Buffers.Binary;

namespace Dossier.Vision.Pictures;

/// <summary>
/// Whether a JPEG's end is there. A progressive one that is cut off between two scans decodes without a complaint, to a coarse picture;
/// one without progress is told by the decoder itself.
/// </summary>
internal static class JpegEnd
{
    private const byte EndOfImage = 0xD9;

    /// <summary>Whether bytes are a progressive JPEG without its end.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> jpeg)
    {
        var progressive = false;
        for (var place = 2; NextMarker(jpeg, ref place) is { } marker;)
        {
            if (marker == EndOfImage)
            {
                return false;
            }

            // SOF2, 6, 10 and 14.
            progressive |= marker is 0xC2 or 0xC6 or 0xCA or 0xCE;
            if (place + 2 > jpeg.Length)
            {
                break;
            }

            place += BinaryPrimitives.ReadUInt16BigEndian(jpeg[place..]);
        }

        return progressive;
    }

    // Within a scan, FF 00 is data and FF D0 to D7 restart it; elsewhere FF FF is filling.
    private static byte? NextMarker(ReadOnlySpan<byte> jpeg, ref int place)
    {
        while (place < jpeg.Length)
        {
            var found = jpeg[place..].IndexOf((byte)0xFF);
            if (found < 0 || place + found + 1 >= jpeg.Length)
            {
                return null;
            }

            place += found + 1;
            var marker = jpeg[place];
            if (marker is not (0 or 0xFF or 1 or (>= 0xD0 and <= 0xD7)))
            {
                place++;
                return marker;
            }
        }

        return null;
    }
}
