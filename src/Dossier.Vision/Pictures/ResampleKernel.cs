namespace Dossier.Vision.Pictures;

/// <summary>For each pixel of a resized line: which pixels of the source line it is made of, and their weights in fixed point, as PIL calculates them.</summary>
internal readonly struct ResampleKernel
{
    /// <summary>Binary places of a weight: PIL leaves 8 bits to the pixel and 2 to overshoot.</summary>
    public const int Precision = 32 - 8 - 2;

    private ResampleKernel(int stride, int[] starts, int[] counts, int[] weights)
    {
        Stride = stride;
        Starts = starts;
        Counts = counts;
        Weights = weights;
    }

    /// <summary>Places in <see cref="Weights"/> for each pixel.</summary>
    public int Stride { get; }

    /// <summary>The first source pixel.</summary>
    public int[] Starts { get; }

    /// <summary>The number of source pixels.</summary>
    public int[] Counts { get; }

    /// <summary>Their weights; a pixel's weights sum to about <c>1 &lt;&lt; Precision</c>.</summary>
    public int[] Weights { get; }

    public static ResampleKernel Create(Resample resample, int from, int to)
    {
        var scale = (double)from / to;

        // Shrinking widens the filter: this is the antialiasing.
        var widening = Math.Max(scale, 1);
        var support = SupportOf(resample) * widening;
        var stride = ((int)Math.Ceiling(support) * 2) + 1;
        var kernel = new ResampleKernel(stride, new int[to], new int[to], new int[checked(to * stride)]);
        var shares = new double[stride];
        for (var place = 0; place < to; place++)
        {
            var center = (place + 0.5) * scale;
            var start = Math.Max((int)(center - support + 0.5), 0);
            var count = Math.Min((int)(center + support + 0.5), from) - start;
            var sum = 0.0;
            for (var i = 0; i < count; i++)
            {
                shares[i] = Weigh(resample, (i + start - center + 0.5) * (1.0 / widening));
                sum += shares[i];
            }

            for (var i = 0; i < count; i++)
            {
                var share = (sum == 0 ? shares[i] : shares[i] / sum) * (1 << Precision);
                kernel.Weights[(place * stride) + i] = (int)(share < 0 ? share - 0.5 : share + 0.5);
            }

            kernel.Starts[place] = start;
            kernel.Counts[place] = count;
        }

        return kernel;
    }

    private static double SupportOf(Resample resample) => resample switch
    {
        Resample.Bilinear => 1,
        Resample.Bicubic => 2,
        Resample.Lanczos => 3,
        _ => throw new VisionException($"resample {(int)resample} is not known: 0 (nearest), 1 (lanczos), 2 (bilinear) or 3 (bicubic)."),
    };

    private static double Weigh(Resample resample, double x)
    {
        if (resample == Resample.Lanczos)
        {
            return x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0;
        }

        x = Math.Abs(x);
        return (resample, x) switch
        {
            (Resample.Bilinear, < 1) => 1 - x,
            (Resample.Bicubic, < 1) => (((1.5 * x) - 2.5) * x * x) + 1,
            (Resample.Bicubic, < 2) => ((((x - 5) * x) + 8) * x - 4) * -0.5,
            _ => 0,
        };
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
