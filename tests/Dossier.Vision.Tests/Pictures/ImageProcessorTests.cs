using System.Runtime.InteropServices;
using System.Text;
using CsCheck;
using Dossier.Vision.Pictures;
using Dossier.Vision.Tests.Data;

namespace Dossier.Vision.Tests.Pictures;

/// <summary>Pictures become a model's input as ViTImageProcessor and torchvision have it.</summary>
public sealed class ImageProcessorTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_input_has_the_bits_that_numpy_gives()
    {
        var processor = new ImageProcessor { Height = 16, Width = 16, Mean = [0.485, 0.456, 0.406], Std = [0.229, 0.224, 0.225] };
        var input = new float[processor.Length];
        processor.Apply(Fixture.Picture("source.png"), input);
        Assert.Equal(MemoryMarshal.Cast<byte, float>(Fixture.Bytes("normalized.f32")).ToArray(), input);
    }

    [Fact]
    public void What_is_saved_is_loaded()
    {
        var processor = new ImageProcessor { Height = 32, Width = 48, Resample = Resample.Bicubic, Mean = [0.1, 0.2, 0.3], Std = [0.4, 0.5, 0.6], RescaleFactor = 0.5, Resize = false };
        processor.Save(_folder.Path);
        Assert.Equivalent(processor, ImageProcessor.Load(_folder.Path), strict: true);
    }

    [Fact]
    public void The_older_form_with_one_number_for_the_size_is_loaded()
    {
        var processor = Load("""{"do_normalize":true,"do_resize":true,"feature_extractor_type":"ViTFeatureExtractor","image_mean":[0.5,0.5,0.5],"image_std":[0.5,0.5,0.5],"resample":3,"size":384}""");
        Assert.Equal((384, 384, Resample.Bicubic, 1 / 255.0), (processor.Height, processor.Width, processor.Resample, processor.RescaleFactor));
    }

    [Fact]
    public void What_is_not_to_be_done_is_not_done()
    {
        var processor = Load("""{"do_normalize":false,"do_rescale":false,"do_resize":false,"size":{"height":53,"width":77},"image_mean":[1,2,3],"rescale_factor":7}""");
        var source = Fixture.Picture("source.png");
        var input = new float[processor.Length];
        processor.Apply(source, input);
        Assert.Equal((source.Pixels[0], source.Pixels[1], source.Pixels[5]), (input[0], input[53 * 77], input[(2 * 53 * 77) + 1]));
        Assert.Equal("The picture has 24 × 24 pixels; with do_resize false it must have 77 × 53.",
            Assert.Throws<VisionException>(() => processor.Apply(new Raster(24, 24), input)).Message);
    }

    [Theory]
    [InlineData("[]", "a JSON object is expected")]
    [InlineData("{", "cannot be read")]
    [InlineData("""{"size":{"shortest_edge":224}}""", "size is {\"shortest_edge\":224}; a number, or {\"height\": …, \"width\": …}, is expected")]
    [InlineData("""{"size":1000000}""", "size must be a whole number from 1 to 4096")]
    [InlineData("""{"resample":5}""", "resample must be a whole number from 0 to 3")]
    [InlineData("""{"image_std":[0,1,1]}""", "image_std holds a 0")]
    [InlineData("""{"image_mean":[1e999,1,1]}""", "image_mean must hold numbers")]
    [InlineData("""{"do_center_crop":true}""", "do_center_crop is true")]
    [InlineData("""{"image_processor_type":"ConvNextImageProcessor"}""", "not supported: use ViTImageProcessor or ViTFeatureExtractor")]
    [InlineData("""{"do_resize":"yes"}""", "do_resize must be true or false")]
    public void A_file_that_asks_for_something_else_is_refused(string json, string message)
    {
        var refusal = Assert.Throws<VisionException>(() => Load(json));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(ImageProcessor.FileName, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_or_endless_file_is_refused()
    {
        Assert.Contains("is missing", Assert.Throws<VisionException>(() => ImageProcessor.Load(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("are the most", Assert.Throws<VisionException>(() => Load(new string(' ', 2 << 20))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<VisionException>(() => Load(new string('[', 100_000))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_chance_gives_the_same_input_and_another_one_another()
    {
        float[] Of(int seed)
        {
            var processor = new ImageProcessor { Height = 16, Width = 16 };
            var input = new float[processor.Length];
            processor.Augment(Fixture.Picture("source.png"), new Augmentation(HorizontalFlip: 0.5), new Random(seed), input);
            return input;
        }

        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_whole_crop_with_flips_is_the_flipped_picture(bool across, bool down)
    {
        var source = Fixture.Picture("source.png");
        var processor = new ImageProcessor { Height = 53, Width = 77 };
        var (input, expected) = (new float[processor.Length], new float[processor.Length]);
        processor.Augment(source, new Augmentation(1, 1, 77 / 53.0, 77 / 53.0, across ? 1 : 0, down ? 1 : 0), new Random(1), input);
        var flipped = across ? Made.FlippedAcross(source) : source;
        processor.Apply(down ? Made.FlippedDown(flipped) : flipped, expected);
        Assert.Equal(expected, input);
    }

    [Fact]
    public void A_crop_lies_within_the_picture_and_has_an_allowed_size_and_ratio() =>
        Gen.Select(Gen.Int[8, 900], Gen.Int[8, 900], Gen.Int).Sample((width, height, seed) =>
        {
            var standard = new Augmentation();
            var crop = Crop.Draw(width, height, standard, new Random(seed));
            Assert.True(crop is { Left: >= 0, Top: >= 0, Width: > 0, Height: > 0 } && crop.Left + crop.Width <= width && crop.Top + crop.Height <= height);

            // Sides are whole pixels: half a pixel more or less either way.
            Assert.InRange((crop.Width + 0.5) / (crop.Height - 0.5), standard.MinRatio, double.MaxValue);
            Assert.InRange((crop.Width - 0.5) / (crop.Height + 0.5), 0, standard.MaxRatio);
        });

    private ImageProcessor Load(string json)
    {
        _folder.Write(ImageProcessor.FileName, Encoding.UTF8.GetBytes(json));
        return ImageProcessor.Load(_folder.Path);
    }
}
