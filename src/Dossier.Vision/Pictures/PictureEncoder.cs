namespace Dossier.Vision.Pictures;

/// <summary>Writes pictures.</summary>
public static class PictureEncoder
{
    /// <summary>As PNG.</summary>
    public static byte[] Png(Raster picture) => throw new NotImplementedException();

    /// <summary>As JPEG.</summary>
    public static byte[] Jpeg(Raster picture, int quality = 90) => throw new NotImplementedException();
}
