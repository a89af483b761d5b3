using System.Security.Cryptography;
using System.Text;
using Dossier.Testing;
using Dossier.Vision.Boards;
using Dossier.Vision.Data;
using SkiaSharp;

namespace Dossier.Vision.Tests.Boards;

/// <summary>What a generated data set is made of.</summary>
public sealed class GeneratingBoards
{
    private static readonly BoardOptions Few = new() { Boards = 24, DamagedShare = 0.5, Size = 64, Seed = 7 };

    [Fact]
    public async Task The_same_options_give_the_same_bytes_and_another_seed_gives_others()
    {
        using var folder = new TemporaryFolder();
        var (first, again, other) = (folder.Combine("first"), folder.Combine("again"), folder.Combine("other"));
        await BoardGenerator.GenerateAsync(first, Few);
        await BoardGenerator.GenerateAsync(again, Few);
        await BoardGenerator.GenerateAsync(other, Few with { Seed = 8 });
        Assert.Equal(HashOf(first), HashOf(again));
        Assert.NotEqual(HashOf(first), HashOf(other));
    }

    [Fact]
    public async Task The_layout_is_that_of_VisA_and_the_table_names_every_picture_and_mask()
    {
        using var folder = new TemporaryFolder();
        var made = await BoardGenerator.GenerateAsync(folder.Combine("boards"), Few);
        var lines = await File.ReadAllLinesAsync(Path.Combine(made.Folder, BoardGenerator.TableName));
        Assert.Equal((12, 12), (made.Normal, made.Damaged));
        Assert.Equal("image,label,mask", lines[0]);
        Assert.Equal(24, lines.Length - 1);
        foreach (var line in lines.Skip(1))
        {
            var normal = line.Contains(",normal,", StringComparison.Ordinal);
            Assert.StartsWith(normal ? "Data/Images/Normal/" : "Data/Images/Anomaly/", line, StringComparison.Ordinal);
            var image = line[..line.IndexOf(',', StringComparison.Ordinal)];
            var mask = line[(line.LastIndexOf(',') + 1)..];
            Assert.True(File.Exists(Path.Combine(made.Folder, image)));
            Assert.Equal(normal, mask.Length == 0);
            Assert.True(normal || File.Exists(Path.Combine(made.Folder, mask)));
        }

        Assert.Equal(24, Directory.GetFiles(Path.Combine(made.Folder, "Data/Images"), "*.JPG", SearchOption.AllDirectories).Length);
        Assert.Equal(12, Directory.GetFiles(Path.Combine(made.Folder, "Data/Masks/Anomaly"), "*.png").Length);
    }

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

    [Fact]
    public async Task Progress_counts_every_board()
    {
        using var folder = new TemporaryFolder();
        var seen = new List<(int Done, int Total)>();
        await BoardGenerator.GenerateAsync(folder.Combine("boards"), Few, new Listener(seen));
        Assert.Equal(Enumerable.Range(1, 24), seen.Select(one => one.Done).Order());
        Assert.All(seen, one => Assert.Equal(24, one.Total));
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_refused_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("mine.txt"), "mine");
        var error = await Assert.ThrowsAsync<VisionException>(() => BoardGenerator.GenerateAsync(folder.Path, Few));
        Assert.Contains("not an empty folder", error.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(1, 0.5, 64, "number of boards is 1;")]
    [InlineData(100_001, 0.5, 64, "number of boards is 100001;")]
    [InlineData(10, -0.1, 64, "share of damaged boards is -0.1;")]
    [InlineData(10, double.NaN, 64, "share of damaged boards is NaN;")]
    [InlineData(10, 0.5, 63, "size is 63 pixels;")]
    [InlineData(10, 0.5, 1025, "size is 1025 pixels;")]
    public async Task Options_out_of_bounds_are_refused_by_name_before_anything_is_written(int boards, double share, int size, string message)
    {
        using var folder = new TemporaryFolder();
        var options = new BoardOptions { Boards = boards, DamagedShare = share, Size = size };
        var error = await Assert.ThrowsAsync<VisionException>(() => BoardGenerator.GenerateAsync(folder.Combine("boards"), options));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Combine("boards")));
    }

    private static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    // Progress<T> would report later, on another thread.
    private sealed class Listener(List<(int Done, int Total)> seen) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value)
        {
            lock (seen)
            {
                seen.Add(value);
            }
        }
    }
}
