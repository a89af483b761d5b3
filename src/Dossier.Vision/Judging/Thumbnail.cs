using Dossier.Vision.Pictures;

namespace Dossier.Vision.Judging;

/// <summary>Makes pictures smaller for people to look at, each pixel the mean of those it stands for.</summary>
internal static class Thumbnail
{
    /// <summary>The picture itself if it is small enough.</summary>
    public static Raster Of(Raster picture, int maxSide)
    {
        var longest = Math.Max(picture.Width, picture.Height);
        if (longest <= maxSide)
        {
            return picture;
        }

        var small = new Raster(Math.Max(1, (int)((long)picture.Width * maxSide / longest)), Math.Max(1, (int)((long)picture.Height * maxSide / longest)));
        for (var y = 0; y < small.Height; y++)
        {
            for (var x = 0; x < small.Width; x++)
            {
                Average(picture, small, x, y);
            }
        }

        return small;
    }

    private static void Average(Raster from, Raster to, int x, int y)
    {
        var (left, right) = Range(x, to.Width, from.Width);
        var (top, bottom) = Range(y, to.Height, from.Height);
        long red = 0, green = 0, blue = 0;
        for (var row = top; row < bottom; row++)
        {
            for (var at = ((row * from.Width) + left) * 3; at < ((row * from.Width) + right) * 3; at += 3)
            {
                red += from.Pixels[at];
                green += from.Pixels[at + 1];
                blue += from.Pixels[at + 2];
            }
        }

        var (count, place) = ((long)(right - left) * (bottom - top), ((y * to.Width) + x) * 3);
        (to.Pixels[place], to.Pixels[place + 1], to.Pixels[place + 2]) = ((byte)(red / count), (byte)(green / count), (byte)(blue / count));
    }

    private static (int From, int To) Range(int at, int of, int length) => ((int)((long)at * length / of), (int)((at + 1L) * length / of));
}
