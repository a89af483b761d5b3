using System.Runtime.InteropServices;
using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>Makes a photograph of a scene: focus, uneven light, white balance, exposure, and the sensor's noise.</summary>
internal static class Camera
{
    private const int Quality = 92;

    public static byte[] Photograph(SKBitmap scene, BoardRandom random)
    {
        using var photo = Focus(scene, random);
        Expose(photo, random);
        using var pixels = photo.PeekPixels();
        using var encoded = pixels.Encode(new SKJpegEncoderOptions(Quality)) ?? throw new InvalidOperationException("A photograph could not be encoded.");
        return encoded.ToArray();
    }

    private static SKBitmap Focus(SKBitmap scene, BoardRandom random)
    {
        var blur = random.Range(0.1, 0.75) * scene.Width / 256;
        var photo = new SKBitmap(scene.Info);
        using var canvas = new SKCanvas(photo);
        using var filter = SKImageFilter.CreateBlur(blur, blur, SKShaderTileMode.Clamp);
        using var paint = new SKPaint { ImageFilter = filter };
        using var image = SKImage.FromBitmap(scene);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest), paint);
        return photo;
    }

    private static void Expose(SKBitmap photo, BoardRandom random)
    {
        var side = photo.Width;
        float exposure = 1 + 0.07f * random.Spread(), warm = 0.03f * random.Spread(), noise = random.Range(2.5, 6.5) / 128f;
        float angle = random.Range(0, 2 * Math.PI), slope = random.Range(0.04, 0.22), vignette = random.Range(0.02, 0.14);
        float slopeX = MathF.Cos(angle) * slope, slopeY = MathF.Sin(angle) * slope;
        float red = exposure * (1 + warm), blue = exposure * (1 - warm);
        var pixels = MemoryMarshal.Cast<byte, uint>(photo.GetPixelSpan());
        for (var row = 0; row < side; row++)
        {
            var y = row / (float)side - 0.5f;
            for (var column = 0; column < side; column++)
            {
                var x = column / (float)side - 0.5f;
                var light = 1 + slopeX * x + slopeY * y - vignette * 2 * (x * x + y * y);
                ref var pixel = ref pixels[row * side + column];
                var bits = random.NextBits();
                pixel = Level((pixel & 0xFF) * light * blue + Grain(bits) * noise)
                    | Level((pixel >> 8 & 0xFF) * light * exposure + Grain(bits >> 20) * noise) << 8
                    | Level((pixel >> 16 & 0xFF) * light * red + Grain(bits >> 40) * noise) << 16
                    | 0xFF000000;
            }
        }
    }

    // Two bytes' sum: a triangle, which is near enough to a bell.
    private static float Grain(ulong bits) => (float)(bits & 0xFF) + (bits >> 8 & 0xFF) - 255;

    private static uint Level(float value) => (uint)Math.Clamp(value + 0.5f, 0, 255);
}
