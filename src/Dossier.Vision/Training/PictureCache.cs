using System.Collections.Concurrent;
using Dossier.Vision.Data;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Training;

/// <summary>
/// Decoded pictures, kept in memory up to a bound so that a small data set is decoded once instead of every epoch. Nothing is thrown out for newer ones: every
/// epoch sees every picture, so what is kept is as good as anything else.
/// </summary>
/// <param name="maxBytes">The bound on the pixels kept.</param>
internal sealed class PictureCache(long maxBytes)
{
    private readonly ConcurrentDictionary<string, Raster> _rasters = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>512 MiB of pixels, and no more than a quarter of the memory there is: 41,000 pictures of 64 × 64, 3,500 of 224 × 224, 120 of 1404 × 1070.</summary>
    public static long DefaultMaxBytes => Math.Min(512L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <summary>Bytes of pixels kept.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The decoded picture.</summary>
    /// <exception cref="VisionException">It cannot be read or decoded; the message begins with its name.</exception>
    public async ValueTask<Raster> GetAsync(Picture picture, CancellationToken cancellationToken)
    {
        if (_rasters.TryGetValue(picture.Sha256, out var raster))
        {
            return raster;
        }
        try
        {
            raster = PictureDecoder.Decode(await picture.ReadAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error) when (error is VisionException or IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"{picture.Name}: {error.Message}", error);
        }
        if (Interlocked.Add(ref _bytes, raster.Pixels.Length) > maxBytes || !_rasters.TryAdd(picture.Sha256, raster))
        {
            Interlocked.Add(ref _bytes, -raster.Pixels.Length);
        }
        return raster;
    }
}
