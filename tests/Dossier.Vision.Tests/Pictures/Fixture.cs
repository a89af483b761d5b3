using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Pictures;

/// <summary>The pictures that Pillow made; see the README beside them.</summary>
internal static class Fixture
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Fixtures", "pictures");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static Raster Picture(string name) => PictureDecoder.Decode(Bytes(name));

    /// <summary>The largest difference of two pictures of one size, in levels.</summary>
    public static int Difference(Raster a, Raster b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        return a.Pixels.Zip(b.Pixels, (one, other) => Math.Abs(one - other)).Max();
    }
}
