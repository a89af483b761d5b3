using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Pictures;

/// <summary>Resizing equals PIL's, to the bit.</summary>
public sealed class ResizerTests
{
    public static MatrixTheoryData<Resample, (int Width, int Height)> Sizes { get; } =
        new(Enum.GetValues<Resample>(), [(16, 16), (77, 20), (31, 53), (5, 3), (90, 120)]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_resized_picture_has_the_bytes_that_PIL_gives(Resample resample, (int Width, int Height) size)
    {
        var expected = Fixture.Picture($"resized-{resample.ToString().ToLowerInvariant()}-{size.Width}x{size.Height}.png");
        Assert.Equal(expected.Pixels, Resizer.Resize(Fixture.Picture("source.png"), size.Width, size.Height, resample).Pixels);
    }

    [Theory]
    [InlineData(Resample.Nearest)]
    [InlineData(Resample.Lanczos)]
    [InlineData(Resample.Bilinear)]
    [InlineData(Resample.Bicubic)]
    public void A_part_is_resized_as_if_it_were_cut_out_first(Resample resample)
    {
        var expected = Fixture.Picture($"cropped-{resample.ToString().ToLowerInvariant()}.png");
        Assert.Equal(expected.Pixels, Resizer.Resize(Fixture.Picture("source.png"), new Crop(11, 7, 40, 29), 16, 16, resample).Pixels);
    }

    [Fact]
    public void A_picture_of_the_right_size_stays_as_it_is()
    {
        var source = Fixture.Picture("source.png");
        Assert.Equal(source.Pixels, Resizer.Resize(source, source.Width, source.Height, Resample.Bicubic).Pixels);
    }
}
