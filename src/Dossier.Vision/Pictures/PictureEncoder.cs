using System.Runtime.InteropServices;
using SkiaSharp;

namespace Dossier.Vision.Pictures;

/// <summary>Writes pictures.</summary>
public static class PictureEncoder
{
    /// <summary>As PNG.</summary>
    public static byte[] Png(Raster picture) =>
        Encode(picture, pixels => pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, zLibLevel: 6)));

    /// <summary>As JPEG.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="quality">0 to 100.</param>
    public static byte[] Jpeg(Raster picture, int quality = 90) =>
        Encode(picture, pixels => pixels.Encode(new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore)));

    private static byte[] Encode(Raster picture, Func<SKPixmap, SKData?> encode)
    {
        var info = new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var rgba = GC.AllocateUninitializedArray<byte>(info.BytesSize);
        for (int from = 0, to = 0; to < rgba.Length; from += 3, to += 4)
        {
            picture.Pixels.AsSpan(from, 3).CopyTo(rgba.AsSpan(to));
            rgba[to + 3] = 255;
        }

        var pin = GCHandle.Alloc(rgba, GCHandleType.Pinned);
        try
        {
            using var pixels = new SKPixmap(info, pin.AddrOfPinnedObject());
            using var data = encode(pixels);
            return data?.ToArray() ?? throw new VisionException($"A picture of {picture.Width:N0} × {picture.Height:N0} pixels cannot be encoded.");
        }
        finally
        {
            pin.Free();
        }
    }
}
