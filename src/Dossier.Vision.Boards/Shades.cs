using SkiaSharp;

namespace Dossier.Vision.Boards;

internal static class Shades
{
    /// <summary>Lighter above 1, darker below.</summary>
    public static SKColor Times(this SKColor color, float factor) => new(
        (byte)Math.Clamp(color.Red * factor, 0, 255), (byte)Math.Clamp(color.Green * factor, 0, 255), (byte)Math.Clamp(color.Blue * factor, 0, 255), color.Alpha);

    public static SKColor Grey(float level, byte alpha = 255)
    {
        var value = (byte)Math.Clamp(level, 0, 255);
        return new SKColor(value, value, value, alpha);
    }
}
