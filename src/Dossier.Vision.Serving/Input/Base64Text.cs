using System.Buffers;
using System.Buffers.Text;

namespace Dossier.Vision.Serving.Input;

/// <summary>Decodes Base64 where it lies, so that a picture is never held twice.</summary>
internal static class Base64Text
{
    private const string WhatIsRight = "it must be Base64 of a JPEG or PNG file, or a data URI (data:image/png;base64,…).";

    /// <summary>The picture's bytes.</summary>
    /// <exception cref="VisionException">It is no Base64.</exception>
    public static Memory<byte> Decode(in EncodedPicture picture)
    {
        var text = picture.Encoding == PictureEncoding.EscapedBase64 ? picture.Slice[..Unescape(picture.Slice.Span)] : picture.Slice;
        if (picture.Encoding == PictureEncoding.Bytes)
        {
            return picture.Slice;
        }

        if (text.Span.StartsWith("data:"u8))
        {
            var comma = text.Span.IndexOf((byte)',');
            if (comma < 0 || !text.Span[..comma].EndsWith(";base64"u8))
            {
                throw new VisionException("the data URI is not in Base64: " + WhatIsRight);
            }

            text = text[(comma + 1)..];
        }

        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new VisionException("it is empty: " + WhatIsRight);
        }

        return Base64.DecodeFromUtf8InPlace(text.Span, out var length) == OperationStatus.Done
            ? text[..length]
            : throw new VisionException("not valid Base64: " + WhatIsRight);
    }

    // Some writers of JSON escape '+', '/' and '=', and line ends always are. An unescaped text is never longer. What is outside ASCII is no Base64,
    // whatever it means, and stays a byte that the decoder refuses.
    private static int Unescape(Span<byte> text)
    {
        var written = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var next = text[at];
            if (next == '\\' && at + 1 < text.Length)
            {
                next = text[++at];
                if (next == 'u' && at + 4 < text.Length)
                {
                    next = Utf8Parser.TryParse(text.Slice(at + 1, 4), out uint code, out var used, 'x') && used == 4 && code < 128 ? (byte)code : (byte)'!';
                    at += 4;
                }
                else if (next is (byte)'n' or (byte)'r' or (byte)'t')
                {
                    next = (byte)'\n';
                }
            }

            text[written++] = next;
        }

        return written;
    }
}
