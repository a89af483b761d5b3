using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SkiaSharp;

namespace Dossier.Vision.Pictures;

/// <summary>Reads JPEG, PNG, WebP, BMP and GIF (the first frame) from outside. Sizes are checked from the header, before anything is decoded.</summary>
public static class PictureDecoder
{
    /// <summary>The most bytes of one encoded picture.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>The most pixels of one picture.</summary>
    public const int MaxPixels = 64 << 20;

    /// <summary>The most pixels of a side: JPEG's own bound.</summary>
    public const int MaxSide = 65_535;

    /// <summary>
    /// Decodes to RGB as PIL's <c>convert("RGB")</c> has it: grey and palettes become colours, an alpha channel is dropped and the colours beneath it
    /// stay as they are stored. EXIF orientation and colour profiles are not applied (nor are they by transformers).
    /// </summary>
    /// <exception cref="VisionException">Not a picture, cut off, damaged, or beyond the bounds.</exception>
    public static Raster Decode(ReadOnlyMemory<byte> encoded)
    {
        using var codec = Open(encoded);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var rgba = ArrayPool<byte>.Shared.Rent(info.BytesSize);
        var pin = GCHandle.Alloc(rgba, GCHandleType.Pinned);
        try
        {
            var result = codec.GetPixels(info, pin.AddrOfPinnedObject());
            var cutOff = result == SKCodecResult.IncompleteInput || (codec.EncodedFormat == SKEncodedImageFormat.Jpeg && JpegEnd.IsMissing(encoded.Span));
            if (cutOff || result != SKCodecResult.Success)
            {
                throw new VisionException(cutOff
                    ? "The picture is cut off: its end is missing."
                    : $"The picture is damaged: it cannot be decoded ({result}).");
            }

            var pixels = GC.AllocateUninitializedArray<byte>(width * height * 3);
            DropAlpha(rgba.AsSpan(0, info.BytesSize), pixels);
            return new Raster(width, height, pixels);
        }
        finally
        {
            pin.Free();
            ArrayPool<byte>.Shared.Return(rgba);
        }
    }

    /// <summary>Width and height from the header alone.</summary>
    /// <exception cref="VisionException">As <see cref="Decode"/>.</exception>
    public static (int Width, int Height) Measure(ReadOnlyMemory<byte> encoded)
    {
        using var codec = Open(encoded);
        return (codec.Info.Width, codec.Info.Height);
    }

    private static SKCodec Open(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.Length > MaxBytes)
        {
            throw new VisionException($"The picture has {encoded.Length:N0} bytes; {MaxBytes:N0} are the most.");
        }

        using var data = SKData.CreateCopy(encoded.Span);
        var codec = SKCodec.Create(data);
        if (codec is null)
        {
            throw new VisionException(encoded.IsEmpty ? "The picture is empty: 0 bytes." : "Not a picture: JPEG, PNG, WebP, BMP and GIF are read.");
        }

        var problem = ProblemOf(codec);
        if (problem is not null)
        {
            codec.Dispose();
            throw new VisionException(problem);
        }

        return codec;
    }

    private static string? ProblemOf(SKCodec codec) => codec switch
    {
        { EncodedFormat: not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Bmp or SKEncodedImageFormat.Gif) } =>
            $"The picture is a {codec.EncodedFormat}; JPEG, PNG, WebP, BMP and GIF are read.",
        { Info.Width: < 1 } or { Info.Height: < 1 } => "The picture has no pixels.",
        { Info: { Width: var width, Height: var height } } when width > MaxSide || height > MaxSide =>
            $"The picture claims {width:N0} × {height:N0} pixels; {MaxSide:N0} are the most of a side.",
        { Info: var info } when (long)info.Width * info.Height > MaxPixels =>
            $"The picture claims {info.Width:N0} × {info.Height:N0} pixels; {MaxPixels:N0} in all are the most.",
        _ => null,
    };

    private static void DropAlpha(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        var order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
        int from = 0, to = 0;

        // A step writes 16 bytes of which 12 count: the next one overwrites the rest.
        for (; to + 16 <= rgb.Length; from += 16, to += 12)
        {
            Vector128.Shuffle(Vector128.Create(rgba[from..]), order).CopyTo(rgb[to..]);
        }

        for (; to < rgb.Length; from += 4, to += 3)
        {
            rgba.Slice(from, 3).CopyTo(rgb[to..]);
        }
    }
}
