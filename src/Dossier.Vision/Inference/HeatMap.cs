using Dossier.Vision.Pictures;

namespace Dossier.Vision.Inference;

/// <summary>Where a classifier looked.</summary>
/// <param name="Label">The class explained.</param>
/// <param name="Score">Its probability on the whole picture.</param>
/// <param name="Columns">Patches across.</param>
/// <param name="Rows">Patches down.</param>
/// <param name="Drops">
/// How far the class's logit falls when a patch is covered, row-major; negative where covering helps. Where windows are larger than a patch (see
/// <see cref="Occlusion"/>), the mean over those that cover it.
/// </param>
public sealed record HeatMap(string Label, double Score, int Columns, int Rows, IReadOnlyList<double> Drops)
{
    // A diverging pair that people with red-green blindness tell apart.
    private static readonly double[] For = [214, 40, 40];
    private static readonly double[] Against = [33, 102, 201];

    private const double MostCover = 0.72;
    private const double Flat = 1e-6;

    /// <summary>
    /// The picture with the map over it: red speaks for the class, blue against it, the stronger the more; the strongest patch sets the scale. The picture below
    /// keeps its light and half its colour. A map in which nothing matters leaves it as it is.
    /// </summary>
    /// <param name="picture">The picture explained, in any size.</param>
    public Raster Over(Raster picture)
    {
        var strongest = Drops.Max(Math.Abs);
        if (strongest < Flat)
        {
            return picture;
        }

        var over = new Raster(picture.Width, picture.Height);
        Parallel.For(0, picture.Height, y =>
        {
            for (var x = 0; x < picture.Width; x++)
            {
                // Patch values lie in the middle of their patches.
                var value = At((y + 0.5) / picture.Height * Rows - 0.5, (x + 0.5) / picture.Width * Columns - 0.5) / strongest;
                var colour = value > 0 ? For : Against;
                var cover = MostCover * Math.Pow(Math.Min(Math.Abs(value), 1), 1.3);
                var place = (y * picture.Width + x) * 3;
                var pixel = picture.Pixels.AsSpan(place, 3);
                var light = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
                for (var i = 0; i < 3; i++)
                {
                    over.Pixels[place + i] = (byte)Math.Round((1 - cover) * (light + pixel[i]) / 2 + cover * (0.75 * colour[i] + 0.25 * light));
                }
            }
        });
        return over;
    }

    /// <summary>The value between patches, by a cubic that stays smooth across them and never leaves their range.</summary>
    private double At(double row, double column)
    {
        var (top, left) = ((int)Math.Floor(row), (int)Math.Floor(column));
        Span<double> down = stackalloc double[4];
        Span<double> across = stackalloc double[4];
        Weights(row - top, down);
        Weights(column - left, across);
        var sum = 0.0;
        for (var y = 0; y < 4; y++)
        {
            for (var x = 0; x < 4; x++)
            {
                sum += down[y] * across[x] * Drops[Math.Clamp(top + y - 1, 0, Rows - 1) * Columns + Math.Clamp(left + x - 1, 0, Columns - 1)];
            }
        }

        return sum;
    }

    /// <summary>The uniform cubic B-spline's.</summary>
    private static void Weights(double t, Span<double> weights)
    {
        weights[0] = (1 - t) * (1 - t) * (1 - t) / 6;
        weights[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
        weights[2] = (-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6;
        weights[3] = t * t * t / 6;
    }
}
