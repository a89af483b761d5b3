using Dossier.Vision.Pictures;

namespace Dossier.Vision.Bench;

/// <summary>A picture as smooth as photographs are: of noise, the JPEG's decoder would be measured.</summary>
internal static class SmoothPicture
{
    /// <summary>A square one as JPEG.</summary>
    /// <param name="side">Its side in pixels.</param>
    /// <param name="number">Another for each number.</param>
    public static byte[] Jpeg(int side, int number = 0)
    {
        var picture = new Raster(side, side);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            var (x, y, channel) = (i / 3 % side, i / 3 / side, i % 3);
            picture.Pixels[i] = (byte)(128 + (60 * Math.Sin((x + number + (channel * 20)) / 17.0)) + (60 * Math.Cos(y / (23.0 + number))));
        }

        return PictureEncoder.Jpeg(picture);
    }
}
