using System.Text.Json;
using Dossier.Testing;

namespace Dossier.Vision.Cli.Tests;

public sealed class DataTests
{
    [Fact]
    public async Task Generated_boards_are_summed_up_as_they_were_asked_for()
    {
        using var folder = new TemporaryFolder();
        var boards = folder.Combine("boards");
        var generated = (await VisionCommand.RunAsync("generate", boards, "--boards", "20", "--damaged-share", "0.4", "--size", "64", "--seed", "3")).Good();
        Assert.Contains("damaged  8", generated.Output, StringComparison.Ordinal);

        using var data = await IngestAsync(boards);

        Assert.Equal(12, data.RootElement.GetProperty("classes").GetProperty("normal").GetInt32());
        Assert.Equal(8, data.RootElement.GetProperty("classes").GetProperty("damaged").GetInt32());
        Assert.Equal(JsonValueKind.Null, data.RootElement.GetProperty("leakage").GetProperty("finding").ValueKind);
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_not_drawn_over()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("mine.txt"), "mine", TestContext.Current.CancellationToken);

        var ended = (await VisionCommand.RunAsync("generate", folder.Path)).Failed(1);

        Assert.Contains("not an empty folder", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_a_bomb_is_not_decoded()
    {
        using var folder = new TemporaryFolder();
        var boards = await Boards.GenerateAsync(folder.Combine("boards"));
        var bomb = Path.Combine(boards, "Data", "Images", "Normal", "bomb.png");
        await File.WriteAllBytesAsync(bomb, HostileFiles.PngHeader(50_000, 50_000), TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(Path.Combine(boards, "image_anno.csv"), "Data/Images/Normal/bomb.png,normal,\n", TestContext.Current.CancellationToken);

        using var data = await IngestAsync(boards);

        var skipped = Assert.Single(data.RootElement.GetProperty("skipped").EnumerateArray());
        Assert.EndsWith("bomb.png", skipped.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Contains("50", skipped.GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_leak_through_a_split_by_row_and_not_through_one_by_source()
    {
        using var folder = new TemporaryFolder();
        var boards = await Boards.GenerateAsync(folder.Combine("boards"));
        var copies = Directory.CreateDirectory(folder.Combine("copies")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(boards, "Data", "Images"), "*.JPG", SearchOption.AllDirectories))
        {
            var target = Directory.CreateDirectory(Path.Combine(copies, Path.GetFileName(Path.GetDirectoryName(file)!))).FullName;
            for (var copy = 0; copy < 4; copy++)
            {
                File.Copy(file, Path.Combine(target, $"{copy}-{Path.GetFileName(file)}"));
            }
        }

        using var byRow = await IngestAsync(copies, "--split", "row");
        using var bySource = await IngestAsync(copies);

        Assert.True(byRow.RootElement.GetProperty("leakage").GetProperty("validation_in_train").GetInt32() > 0);
        Assert.Equal(JsonValueKind.String, byRow.RootElement.GetProperty("leakage").GetProperty("finding").ValueKind);
        Assert.Equal(JsonValueKind.Null, bySource.RootElement.GetProperty("leakage").GetProperty("finding").ValueKind);
    }

    private static async Task<JsonDocument> IngestAsync(params string[] arguments) =>
        JsonDocument.Parse((await VisionCommand.RunAsync(["ingest", .. arguments, "--format", "json"])).Good().Bytes);
}
