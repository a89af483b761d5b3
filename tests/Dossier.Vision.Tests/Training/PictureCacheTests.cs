using Dossier.Vision.Data;
using Dossier.Vision.Training;

namespace Dossier.Vision.Tests.Training;

public sealed class PictureCacheTests
{
    private const int PictureBytes = Boards.Side * Boards.Side * 3;

    [Fact]
    public async Task Pictures_are_decoded_once_as_long_as_there_is_room()
    {
        var reads = 0;
        var pictures = Boards.Pictures(10).Select(picture => picture with
        {
            ReadAsync = stop =>
            {
                reads++;
                return picture.ReadAsync(stop);
            },
        }).ToList();
        var cache = new PictureCache((4 * PictureBytes) + 1);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            foreach (var picture in pictures)
            {
                var raster = await cache.GetAsync(picture, CancellationToken.None);
                Assert.Equal((Boards.Side, Boards.Side), (raster.Width, raster.Height));
            }
        }
        Assert.Equal(4 * PictureBytes, cache.Bytes);
        Assert.Equal(4 + (6 * 3), reads);
    }

    [Fact]
    public async Task A_picture_that_is_gone_is_named()
    {
        Picture gone = Boards.Pictures(1)[0] with { Name = "line/0001.png", ReadAsync = _ => throw new FileNotFoundException("Could not find it.") };
        var error = await Assert.ThrowsAsync<VisionException>(() => new PictureCache(0).GetAsync(gone, CancellationToken.None).AsTask());
        Assert.Equal("line/0001.png: Could not find it.", error.Message);
    }
}
