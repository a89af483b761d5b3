using Dossier.Vision.Boards;
using Dossier.Vision.Data;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Data;

/// <summary>Copies of a picture are found, and boards of one design are not taken for copies.</summary>
public sealed class NearDuplicatesTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public async Task Boards_of_one_design_are_different_pictures_and_what_is_made_of_one_of_them_is_the_same(int size)
    {
        using var folder = new ScratchFolder();
        await BoardGenerator.GenerateAsync(Path.Combine(folder.Path, "boards"), new BoardOptions { Boards = 60, DamagedShare = 0.5, Size = size });
        var set = await PictureSets.ReadAsync(Path.Combine(folder.Path, "boards"));
        Assert.Equal(60, SourceGroups.Of(set.Pictures).Distinct().Count());

        foreach (var picture in set.Pictures.Take(20))
        {
            var board = PictureDecoder.Decode(await picture.ReadAsync(default));
            Assert.All(Copies(board, size), copy => Assert.True(NearDuplicates.AreOne(picture.Fingerprint, Fingerprint.Of(copy))));
        }
    }

    [Fact]
    public void Every_copy_joins_the_group_of_its_source()
    {
        var pictures = Enumerable.Range(0, 12).SelectMany(seed =>
            Copies(Made.Raster(seed), 96).Prepend(Made.Raster(seed)).Select((copy, i) => Made.Picture($"{seed:00}/{i}", "a", PictureEncoder.Png(copy)))).ToArray();
        var groups = SourceGroups.Of(pictures);
        Assert.Equal(12, groups.Distinct().Count());
        Assert.All(pictures.Zip(groups).GroupBy(pair => pair.First.Name[..2]), source => Assert.Single(source.Select(pair => pair.Second).Distinct()));
    }

    [Fact]
    public void A_thumbnail_and_its_turns_have_one_hash()
    {
        var picture = Made.Raster(3);
        var hash = Fingerprint.Of(picture).Hash;
        foreach (var turned in (Raster[])[Made.Turned(picture), Made.FlippedAcross(picture), Made.FlippedDown(picture), Made.FlippedAcross(Made.Turned(picture))])
        {
            Assert.All(hash.Zip(Fingerprint.Of(turned).Hash), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 4));
        }
    }

    private static IEnumerable<Raster> Copies(Raster board, int size) =>
    [
        PictureDecoder.Decode(PictureEncoder.Jpeg(board, 40)),
        Resizer.Resize(board, size * 3 / 4, size * 3 / 4, Resample.Bilinear),
        Resizer.Resize(board, size * 2, size * 2, Resample.Bicubic),
        Made.FlippedDown(board),
        Made.FlippedAcross(PictureDecoder.Decode(PictureEncoder.Jpeg(board, 75))),
        Made.Turned(board),
        Made.Turned(Made.Turned(board)),
    ];
}
