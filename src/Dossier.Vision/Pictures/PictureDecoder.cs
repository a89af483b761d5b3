namespace Dossier.Vision.Pictures;

/// <summary>Reads pictures from outside. Sizes are checked from the header, before anything is decoded.</summary>
public static class PictureDecoder
{
    /// <summary>The most bytes of one encoded picture.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>The most pixels of one picture.</summary>
    public const int MaxPixels = 64 << 20;

    /// <summary>Decodes to RGB; transparency lies over black as PIL's <c>convert("RGB")</c> has it, EXIF orientation is not applied (nor is it by transformers).</summary>
    /// <exception cref="VisionException">Not a picture, cut off, or beyond the bounds.</exception>
    public static Raster Decode(ReadOnlyMemory<byte> encoded) => throw new NotImplementedException();

    /// <summary>Width and height from the header alone.</summary>
    /// <exception cref="VisionException">As <see cref="Decode"/>.</exception>
    public static (int Width, int Height) Measure(ReadOnlyMemory<byte> encoded) => throw new NotImplementedException();
}
