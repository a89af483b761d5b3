namespace Dossier.Vision.Pictures;

/// <summary>A part of a picture, in pixels.</summary>
internal readonly record struct Crop(int Left, int Top, int Width, int Height)
{
    /// <summary>Draws a part as torchvision's <c>RandomResizedCrop.get_params</c> does: ten tries, then the middle with the nearest allowed ratio.</summary>
    public static Crop Draw(int width, int height, Augmentation augmentation, Random random)
    {
        var area = (double)width * height;
        var (minLog, maxLog) = (Math.Log(augmentation.MinRatio), Math.Log(augmentation.MaxRatio));
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var share = area * Between(random, augmentation.MinScale, augmentation.MaxScale);
            var ratio = Math.Exp(Between(random, minLog, maxLog));
            var (w, h) = ((int)Math.Round(Math.Sqrt(share * ratio)), (int)Math.Round(Math.Sqrt(share / ratio)));
            if (w > 0 && w <= width && h > 0 && h <= height)
            {
                var top = random.Next(height - h + 1);
                return new Crop(random.Next(width - w + 1), top, w, h);
            }
        }

        var (across, down) = ((double)width / height) switch
        {
            var ratio when ratio < augmentation.MinRatio => (width, (int)Math.Round(width / augmentation.MinRatio)),
            var ratio when ratio > augmentation.MaxRatio => ((int)Math.Round(height * augmentation.MaxRatio), height),
            _ => (width, height),
        };
        (across, down) = (Math.Clamp(across, 1, width), Math.Clamp(down, 1, height));
        return new Crop((width - across) / 2, (height - down) / 2, across, down);
    }

    private static double Between(Random random, double min, double max) => min + ((max - min) * random.NextDouble());
}
