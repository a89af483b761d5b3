using System.Security.Cryptography;
using Dossier.Vision.Data;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Data;

/// <summary>Pictures and data sets made for tests.</summary>
internal static class Made
{
    /// <summary>A picture of smooth random patches, another for each seed.</summary>
    public static Raster Raster(int seed, int width = 96, int height = 96)
    {
        var coarse = new Raster(6, 6);
        new Random(seed).NextBytes(coarse.Pixels);
        return Resizer.Resize(coarse, width, height, Resample.Bicubic);
    }

    public static Picture Picture(string name, string label, byte[] encoded, string? split = null)
    {
        var raster = PictureDecoder.Decode(encoded);
        return new Picture
        {
            Name = name,
            Label = label,
            Split = split,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(encoded)),
            Length = encoded.Length,
            Width = raster.Width,
            Height = raster.Height,
            Fingerprint = Fingerprint.Of(raster),
            ReadAsync = _ => new(encoded),
        };
    }

    public static PictureSet Set(params IEnumerable<Picture> pictures)
    {
        Picture[] all = [.. pictures.OrderBy(picture => picture.Name, StringComparer.Ordinal)];
        return new PictureSet
        {
            Name = "made",
            Source = "/made",
            Format = "folder",
            Classes = [.. all.Select(picture => picture.Label).Distinct().Order(StringComparer.Ordinal)],
            Pictures = all,
            Skipped = [],
            Digest = PictureDigest.Of(all),
        };
    }

    /// <summary>Turned a quarter to the right.</summary>
    public static Raster Turned(Raster picture) => Moved(picture, picture.Height, picture.Width, (x, y) => (y, picture.Height - 1 - x));

    /// <summary>Flipped left to right.</summary>
    public static Raster FlippedAcross(Raster picture) => Moved(picture, picture.Width, picture.Height, (x, y) => (picture.Width - 1 - x, y));

    /// <summary>Flipped top to bottom.</summary>
    public static Raster FlippedDown(Raster picture) => Moved(picture, picture.Width, picture.Height, (x, y) => (x, picture.Height - 1 - y));

    private static Raster Moved(Raster picture, int width, int height, Func<int, int, (int X, int Y)> from)
    {
        var moved = new Raster(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = from(x, y);
                picture.Pixels.AsSpan(((fromY * picture.Width) + fromX) * 3, 3).CopyTo(moved.Pixels.AsSpan(((y * width) + x) * 3));
            }
        }

        return moved;
    }
}
