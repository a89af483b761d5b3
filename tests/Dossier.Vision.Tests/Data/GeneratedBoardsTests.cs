using Dossier.Testing;
using Dossier.Vision.Boards;
using Dossier.Vision.Data;
using SkiaSharp;

namespace Dossier.Vision.Tests.Data;

/// <summary>How generated boards read as a data set.</summary>
public sealed class GeneratedBoardsTests
{
    private static readonly BoardOptions Few = new() { Boards = 24, DamagedShare = 0.5, Size = 64, Seed = 7 };

    [Fact]
    public async Task The_set_is_read_as_normal_and_damaged_with_its_defects()
    {
        using var folder = new TemporaryFolder();
        var made = await BoardGenerator.GenerateAsync(folder.Combine("boards"), Few with { Boards = 60 });
        var set = await PictureSets.ReadAsync(made.Folder);
        Assert.Equal(["normal", "damaged"], set.Classes);
        Assert.Equal(30, set.Pictures.Count(picture => picture.Label == "damaged"));
        Assert.Empty(set.Skipped);
        var defects = set.Pictures.Where(picture => picture.Label == "damaged").SelectMany(picture => picture.Detail!.Split(','))
            .CountBy(defect => defect).ToDictionary();
        Assert.Equal(made.Defects, defects);
        Assert.Equal(["bent", "melt", "missing", "scratch"], defects.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Boards_of_one_design_are_no_copies_of_each_other_but_a_copy_of_one_is_found()
    {
        using var folder = new TemporaryFolder();
        var made = await BoardGenerator.GenerateAsync(folder.Combine("boards"), new BoardOptions { Boards = 400, DamagedShare = 0.4, Size = 64 });
        var splits = Splitter.Split(await PictureSets.ReadAsync(made.Folder));
        Assert.Null(Leakage.Find(splits).Finding);
        Assert.Equal(400, splits.Train.Count + splits.Validation.Count + splits.Test.Count);

        var one = Directory.GetFiles(Path.Combine(made.Folder, "Data/Images/Normal"))[0];
        using (var picture = SKBitmap.Decode(one))
        using (var worse = picture.Encode(SKEncodedImageFormat.Jpeg, 60)!)
        {
            var copy = Path.Combine(made.Folder, "Data/Images/Normal/9999.JPG");
            await File.WriteAllBytesAsync(copy, worse.ToArray());
            await File.AppendAllTextAsync(Path.Combine(made.Folder, BoardGenerator.TableName), "Data/Images/Normal/9999.JPG,normal,\n");
        }

        var set = await PictureSets.ReadAsync(made.Folder);
        var twins = set.Pictures.Where(picture => Path.GetFileName(picture.Name) is "9999.JPG" || picture.Name.EndsWith(Path.GetFileName(one), StringComparison.Ordinal)).ToArray();
        var apart = new Splits(set, [.. set.Pictures.Except([twins[1]])], [twins[1]], [], SplitMethod.Row);
        Assert.Equal(1, Leakage.Find(apart).ValidationInTrain);
    }
}
