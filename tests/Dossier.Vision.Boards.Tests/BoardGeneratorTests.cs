using System.Security.Cryptography;
using System.Text;
using Dossier.Testing;

namespace Dossier.Vision.Boards.Tests;

/// <summary>What a generated data set is made of.</summary>
public sealed class BoardGeneratorTests
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
        var error = await Assert.ThrowsAsync<BoardException>(() => BoardGenerator.GenerateAsync(folder.Path, Few));
        Assert.Contains("not an empty folder", error.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(1, 0.5, 64, "number of boards 1 is out of range")]
    [InlineData(100_001, 0.5, 64, "number of boards 100001 is out of range")]
    [InlineData(10, -0.1, 64, "share of damaged boards -0.1 is out of range")]
    [InlineData(10, double.NaN, 64, "share of damaged boards NaN is out of range")]
    [InlineData(10, 0.5, 63, "size 63 is out of range")]
    [InlineData(10, 0.5, 1025, "size 1025 is out of range")]
    public async Task Options_out_of_bounds_are_refused_by_name_before_anything_is_written(int boards, double share, int size, string message)
    {
        using var folder = new TemporaryFolder();
        var options = new BoardOptions { Boards = boards, DamagedShare = share, Size = size };
        var error = await Assert.ThrowsAsync<BoardException>(() => BoardGenerator.GenerateAsync(folder.Combine("boards"), options));
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
