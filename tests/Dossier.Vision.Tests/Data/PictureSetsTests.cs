using System.Text;
using Dossier.Vision.Boards;
using Dossier.Vision.Data;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Data;

/// <summary>Data sets in folders and CSV files.</summary>
public sealed class PictureSetsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Class_folders_are_read_at_any_depth_and_what_is_broken_is_named()
    {
        Write("ok/a.png", 1);
        Write("bad/deep/er/b.png", 2);
        Write("bad/.hidden/c.png", 3);
        _folder.Write("bad/cut.png", PictureEncoder.Png(Made.Raster(4)).AsSpan(0, 900));
        _folder.Write("bad/notes.txt", "no picture"u8);
        var seen = new List<(int, int)>();
        var set = await PictureSets.ReadAsync(_folder.Path, progress: new Told(seen));
        Assert.Equal(["ok", "bad"], set.Classes);
        Assert.Equal([("bad/deep/er/b.png", "bad"), ("ok/a.png", "ok")], set.Pictures.Select(picture => (picture.Name, picture.Label)));
        Assert.Equal(new SkippedPicture("bad/cut.png", "The picture is cut off: its end is missing."), Assert.Single(set.Skipped));
        Assert.Equal((Path.GetFileName(_folder.Path), "folder", _folder.Path), (set.Name, set.Format, set.Source));
        Assert.Equal([(1, 3), (2, 3), (3, 3)], seen.Order());
    }

    [Fact]
    public async Task The_digest_is_of_names_labels_and_contents_alone()
    {
        Write("x/good/a.png", 1);
        Write("x/bad/b.png", 2);
        Write("y/bad/b.png", 2);
        Write("y/good/a.png", 1);
        var (x, y) = (await Read("x"), await Read("y"));
        Assert.Equal(x.Digest, y.Digest);
        Assert.InRange(x.Digest.Length, 8, 36);
        Write("y/good/a.png", 3);
        Assert.NotEqual(x.Digest, (await Read("y")).Digest);
    }

    [Fact]
    public async Task Folders_of_a_split_are_no_classes()
    {
        Write("train/good/a.png", 1);
        Write("test/broken/a.png", 2);
        var set = await Read(".");
        Assert.Equal(["good", "broken"], set.Classes);
        Assert.Equal(["test", "train"], set.Pictures.Select(picture => picture.Split));
    }

    [Fact]
    public async Task Generated_boards_are_read_as_they_are()
    {
        await BoardGenerator.GenerateAsync(Path.Combine(_folder.Path, "boards"), new BoardOptions { Boards = 12, DamagedShare = 0.5, Size = 64 });
        var set = await Read("boards");
        Assert.Equal(["normal", "damaged"], set.Classes);
        Assert.Equal((12, 0, "csv"), (set.Pictures.Count, set.Skipped.Count, set.Format));
        Assert.All(set.Pictures, picture => Assert.Equal(picture.Label == "normal", picture.Detail is null));
    }

    [Theory]
    [InlineData("pcb1")]
    [InlineData("renamed")]
    public async Task VisAs_layout_is_read_as_it_is(string folder)
    {
        Write($"{folder}/Data/Images/Normal/0000.JPG", 1);
        Write($"{folder}/Data/Images/Anomaly/000.JPG", 2);
        Text($"{folder}/image_anno.csv", "image,label,mask\npcb1/Data/Images/Normal/0000.JPG,normal,\npcb1/Data/Images/Anomaly/000.JPG,\"bent,melt\",pcb1/Data/Masks/Anomaly/000.png\n");
        var set = await Read(folder);
        Assert.Equal(["normal", "damaged"], set.Classes);
        Assert.Equal(
            [("pcb1/Data/Images/Anomaly/000.JPG", "damaged", "bent,melt"), ("pcb1/Data/Images/Normal/0000.JPG", "normal", null)],
            set.Pictures.Select(picture => (picture.Name, picture.Label, picture.Detail)));
        Assert.NotEmpty((await set.Pictures[0].ReadAsync(default)).ToArray());
    }

    [Fact]
    public async Task A_CSV_lists_pictures_by_path_with_label_and_split_and_a_copy_gets_a_name_of_its_own()
    {
        Write("p/1.png", 1);
        Write("p/2.png", 2);
        Text("list.csv", "Filename;Label;split\np\\1.png;cat;train\np/2.png;dog;test\np/1.png;cat;train\n");
        var set = await Read("list.csv");
        Assert.Equal([("p/1.png", "cat", "train"), ("p/1.png#2", "cat", "train"), ("p/2.png", "dog", "test")], set.Pictures.Select(picture => (picture.Name, picture.Label, picture.Split)));
        Assert.Equal(set.Pictures[0].Sha256, set.Pictures[1].Sha256);
    }

    [Theory]
    [InlineData("../secret.png")]
    [InlineData("p/../../secret.png")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\secret.png")]
    [InlineData("link.png")]
    [InlineData("linked/secret.png")]
    public async Task No_path_in_a_CSV_leads_out_of_its_folder(string path)
    {
        Write("secret.png", 1);
        Write("data/fine.png", 2);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "data/p"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "data/link.png"), Path.Combine(_folder.Path, "secret.png"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "data/linked"), _folder.Path);
        Text("data/list.csv", $"image,label\nfine.png,a\n{path},a\n");
        var set = await Read("data");
        Assert.Equal("fine.png", Assert.Single(set.Pictures).Name);
        Assert.Matches("leads out of|through a link", Assert.Single(set.Skipped).Why);
    }

    [Fact]
    public async Task An_unknown_label_names_its_row_and_the_known_ones()
    {
        Write("1.png", 1);
        Text("list.csv", "image,label\n1.png,normal\n1.png,burnt\n");
        var refusal = await Assert.ThrowsAsync<VisionException>(() => PictureSets.ReadAsync(Path.Combine(_folder.Path, "list.csv"), new PictureSetOptions { Classes = ["normal", "damaged"] }));
        Assert.Equal("list.csv, line 3 (1.png) has the label 'burnt'; known are: normal, damaged.", refusal.Message);
    }

    [Theory]
    [InlineData("image,label\n1.png,\n", "list.csv, line 2 (1.png) has no label.")]
    [InlineData("image,label\n,a\n", "list.csv, line 2: no picture is named.")]
    [InlineData("picture,label\n1.png,a\n", "has the columns picture, label; image (or path, filename) and label are expected.")]
    [InlineData("", "is empty; a first line with the columns image and label is expected.")]
    [InlineData("image,label\n1.png,a,b,c\n", "cannot be read as CSV: ")]
    [InlineData("image,label\n\"1.png,a\n1.png,a\n", "cannot be read as CSV: ")]
    [InlineData("image,label\nnone.png,a\n", "None of the 1 pictures in ")]
    public async Task A_CSV_that_is_wrong_says_where_and_what_would_be_right(string text, string message)
    {
        Write("1.png", 1);
        Text("list.csv", text);
        Assert.Contains(message, (await Assert.ThrowsAsync<VisionException>(() => Read("list.csv"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_pictures_says_what_is_expected()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "empty"));
        Assert.Contains("a folder for each class", (await Assert.ThrowsAsync<VisionException>(() => Read("empty"))).Message, StringComparison.Ordinal);
        Assert.EndsWith("does not exist.", (await Assert.ThrowsAsync<VisionException>(() => Read("nowhere"))).Message, StringComparison.Ordinal);
    }

    private Task<PictureSet> Read(string name) => PictureSets.ReadAsync(Path.Combine(_folder.Path, name));

    private void Write(string name, int seed) => _folder.Write(name, PictureEncoder.Png(Made.Raster(seed)));

    private void Text(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));

    private sealed class Told(List<(int, int)> seen) : IProgress<(int Done, int Total)>
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
