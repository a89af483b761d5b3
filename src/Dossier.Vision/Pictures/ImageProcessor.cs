namespace Dossier.Vision.Pictures;

/// <summary>How pictures become a model's input: <c>preprocessor_config.json</c> with the names and defaults of ViTImageProcessor.</summary>
public sealed record ImageProcessor
{
    /// <summary>The file's name.</summary>
    public const string FileName = "preprocessor_config.json";

    /// <summary>Height of the input in pixels (<c>size.height</c>).</summary>
    public int Height { get; init; } = 224;

    /// <summary>Width of the input in pixels (<c>size.width</c>).</summary>
    public int Width { get; init; } = 224;

    /// <summary>How sizes are changed (<c>resample</c>, PIL's number).</summary>
    public Resample Resample { get; init; } = Resample.Bilinear;

    /// <summary>Pixels are multiplied by this (<c>rescale_factor</c>, with <c>do_rescale</c>).</summary>
    public double RescaleFactor { get; init; } = 1 / 255.0;

    /// <summary>Subtracted for each channel after rescaling (<c>image_mean</c>).</summary>
    public IReadOnlyList<double> Mean { get; init; } = [0.5, 0.5, 0.5];

    /// <summary>Divided by for each channel after that (<c>image_std</c>).</summary>
    public IReadOnlyList<double> Std { get; init; } = [0.5, 0.5, 0.5];

    /// <summary>Whether pictures are resized (<c>do_resize</c>); if not, each must have the input's size already.</summary>
    public bool Resize { get; init; } = true;

    /// <summary>Values of one picture's input: <c>3 × Height × Width</c>.</summary>
    public int Length => 3 * Height * Width;

    /// <summary>Reads the file in a folder.</summary>
    /// <exception cref="VisionException">The file is missing or says what this processor cannot do.</exception>
    public static ImageProcessor Load(string folder) => PreprocessorConfig.Read(Path.Combine(folder, FileName));

    /// <summary>Writes the file into a folder.</summary>
    public void Save(string folder) => PreprocessorConfig.Write(this, Path.Combine(folder, FileName));

    /// <summary>Resized, rescaled, normalised: channels first, <see cref="Length"/> values.</summary>
    /// <exception cref="VisionException">The picture has another size, and the processor does not resize.</exception>
    public void Apply(Raster picture, Span<float> input)
    {
        if (!Resize && (picture.Width, picture.Height) != (Width, Height))
        {
            throw new VisionException($"The picture has {picture.Width} × {picture.Height} pixels; with do_resize false it must have {Width} × {Height}.");
        }

        Normalize(Resizer.Resize(picture, Width, Height, Resample), flipAcross: false, flipDown: false, input);
    }

    /// <summary>As <see cref="Apply"/>, of a random crop and flips.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="augmentation">What chance may do.</param>
    /// <param name="random">The chance: the same random gives the same input.</param>
    /// <param name="input">Filled.</param>
    public void Augment(Raster picture, Augmentation augmentation, Random random, Span<float> input)
    {
        var crop = Crop.Draw(picture.Width, picture.Height, augmentation, random);
        var flipAcross = random.NextDouble() < augmentation.HorizontalFlip;
        var flipDown = random.NextDouble() < augmentation.VerticalFlip;
        Normalize(Resizer.Resize(picture, crop, Width, Height, Resample), flipAcross, flipDown, input);
    }

    // In float32 after rescaling in float64, as numpy does it there: the same bits.
    private void Normalize(Raster resized, bool flipAcross, bool flipDown, Span<float> input)
    {
        Span<float> values = stackalloc float[256];
        var plane = Height * Width;
        for (var channel = 0; channel < 3; channel++)
        {
            for (var level = 0; level < values.Length; level++)
            {
                values[level] = ((float)(level * RescaleFactor) - (float)Mean[channel]) / (float)Std[channel];
            }

            for (var y = 0; y < Height; y++)
            {
                var row = resized.Pixels.AsSpan((flipDown ? Height - 1 - y : y) * Width * 3, Width * 3);
                var to = input.Slice((channel * plane) + (y * Width), Width);
                for (int x = 0, from = channel; x < to.Length; x++, from += 3)
                {
                    to[flipAcross ? to.Length - 1 - x : x] = values[row[from]];
                }
            }
        }
    }
}

/// <summary>Filters for changing a picture's size, with PIL's numbers.</summary>
public enum Resample
{
    /// <summary>The nearest pixel.</summary>
    Nearest = 0,

    /// <summary>Lanczos, three lobes.</summary>
    Lanczos = 1,

    /// <summary>Bilinear, antialiased when shrinking.</summary>
    Bilinear = 2,

    /// <summary>Bicubic (a = -0.5), antialiased when shrinking.</summary>
    Bicubic = 3,
}

/// <summary>What RandomResizedCrop and random flips may do, with torchvision's defaults.</summary>
/// <param name="MinScale">Least share of the picture's area in a crop.</param>
/// <param name="MaxScale">Largest share.</param>
/// <param name="MinRatio">Least width / height of a crop.</param>
/// <param name="MaxRatio">Largest width / height.</param>
/// <param name="HorizontalFlip">Probability of a flip left to right.</param>
/// <param name="VerticalFlip">Probability of a flip top to bottom.</param>
public sealed record Augmentation(
    double MinScale = 0.08, double MaxScale = 1, double MinRatio = 3.0 / 4, double MaxRatio = 4.0 / 3, double HorizontalFlip = 0, double VerticalFlip = 0);
