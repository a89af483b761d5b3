namespace Dossier.Vision.Pictures;

/// <summary>A decoded picture: 8-bit RGB, rows from the top, pixels interleaved, no padding.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Pixels"><c>Height × Width × 3</c> bytes.</param>
public sealed record Raster(int Width, int Height, byte[] Pixels)
{
    /// <summary>A black picture.</summary>
    public Raster(int width, int height)
        : this(width, height, new byte[checked(width * height * 3)])
    {
    }
}
