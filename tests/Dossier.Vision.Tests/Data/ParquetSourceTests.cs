using CsCheck;
using Dossier.Vision.Data;
using Dossier.Vision.Pictures;
using Parquet;
using Parquet.Schema;

namespace Dossier.Vision.Tests.Data;

/// <summary>Data sets in Parquet, written here and by Hugging Face's and Spark's habits.</summary>
public sealed class ParquetSourceTests : IDisposable
{
    private static readonly byte[][] Encoded = [.. Enumerable.Range(0, 6).Select(seed => PictureEncoder.Png(Made.Raster(seed, 24, 24)))];

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_table_with_content_path_label_and_split_is_read_group_by_group()
    {
        var path = Path.Combine(_folder.Path, "boards.parquet");
        await WriteAsync(path, groups: 2, ["a.png", "b.png", "c.png"], ["normal", "damaged", "normal"], ["train", "test", "train"]);
        var set = await PictureSets.ReadAsync(path);
        Assert.Equal(("boards", "parquet", path), (set.Name, set.Format, set.Source));
        Assert.Equal(["a.png", "a.png#2", "b.png", "b.png#2", "c.png", "c.png#2"], set.Pictures.Select(picture => picture.Name));
        Assert.Equal(["normal", "damaged"], set.Classes);
        Assert.Equal("test", set.Pictures[2].Split);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Encoded[i], (await set.Pictures[2 * i].ReadAsync(default)).ToArray());
            Assert.Equal(set.Pictures[2 * i].Sha256, set.Pictures[(2 * i) + 1].Sha256);
        }
    }

    [Fact]
    public async Task Hugging_Faces_image_of_bytes_and_path_with_class_names_is_read()
    {
        var path = Path.Combine(_folder.Path, "hf.parquet");
        var (bytes, name, label) = (new DataField<byte[]>("bytes"), new DataField<string>("path"), new DataField<long?>("label"));
        var schema = new ParquetSchema(new StructField("image", bytes, name), label);
        await using (var file = File.Create(path))
        await using (var writer = await ParquetWriter.CreateAsync(schema, file))
        {
            writer.CustomMetadata = new Dictionary<string, string> { ["huggingface"] = """{"info":{"features":{"label":{"names":["normal","damaged"],"_type":"ClassLabel"}}}}""" };
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(bytes, Encoded[..3]);
            await group.WriteAsync(name, (string[])["1.png", "2.png", "3.png"]);
            await group.WriteAsync<long>(label, new long?[] { 1, 0, 1 });
        }

        var set = await PictureSets.ReadAsync(path);
        Assert.Equal([("1.png", "damaged"), ("2.png", "normal"), ("3.png", "damaged")], set.Pictures.Select(picture => (picture.Name, picture.Label)));
    }

    [Fact]
    public async Task A_folder_of_files_is_one_data_set_and_a_row_without_a_name_has_its_number()
    {
        await WriteAsync(Path.Combine(_folder.Path, "part-0.parquet"), 1, null, ["1", "0", "1"], null);
        await WriteAsync(Path.Combine(_folder.Path, "part-1.parquet"), 1, null, ["1", "0", "1"], null);
        var set = await PictureSets.ReadAsync(_folder.Path);
        Assert.Equal(6, set.Pictures.Count);
        Assert.Equal(["part-0.parquet#1", "part-0.parquet#2"], set.Pictures.Take(2).Select(picture => picture.Name));
        Assert.Equal(["0", "1"], set.Classes);
    }

    [Fact]
    public async Task A_missing_label_names_its_row()
    {
        var path = Path.Combine(_folder.Path, "x.parquet");
        await WriteAsync(path, 1, null, ["a", "", "b"], null);
        Assert.Equal("x.parquet, row 2 (x.parquet#2) has no label; known are: a.", (await Assert.ThrowsAsync<VisionException>(() => PictureSets.ReadAsync(path))).Message);
    }

    [Fact]
    public async Task A_damaged_file_is_refused_with_its_name_or_read()
    {
        var path = Path.Combine(_folder.Path, "x.parquet");
        await WriteAsync(path, 1, ["a", "b", "c"], ["a", "b", "b"], null);
        var whole = await File.ReadAllBytesAsync(path);
        var damaged = Path.Combine(_folder.Path, "damaged.parquet");
        await Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).SampleAsync(
            async (place, value, length) =>
            {
                // Half of the files are cut off, half have a wrong byte near the end, where the structure is.
                byte[] bytes = length % 2 == 0 ? whole[..length] : [.. whole];
                if (length % 2 == 1)
                {
                    bytes[whole.Length - 1 - (place % 600)] = value;
                }

                await File.WriteAllBytesAsync(damaged, bytes);
                var outcome = await Record.ExceptionAsync(() => PictureSets.ReadAsync(damaged));
                return outcome is null or VisionException;
            },
            iter: 150, threads: 1);
    }

    [Fact]
    public async Task A_table_without_pictures_says_what_is_expected()
    {
        var path = Path.Combine(_folder.Path, "x.parquet");
        var label = new DataField<string>("label");
        await using (var file = File.Create(path))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(label), file))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(label, (string[])["a"]);
        }

        Assert.EndsWith("has the columns label (text); content or image (binary) with the pictures, and label (text or whole number) are expected.",
            (await Assert.ThrowsAsync<VisionException>(() => PictureSets.ReadAsync(path))).Message, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(string path, int groups, string[]? names, string[] labels, string[]? splits)
    {
        var content = new DataField<byte[]>("content");
        var texts = new[] { ("path", names), ("label", labels), ("split", splits) }.Where(text => text.Item2 is not null)
            .Select(text => (Field: new DataField<string>(text.Item1), Values: text.Item2!)).ToArray();
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema([content, .. texts.Select(text => text.Field)]), file);
        for (var i = 0; i < groups; i++)
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(content, Encoded[..labels.Length]);
            foreach (var (field, values) in texts)
            {
                await group.WriteAsync(field, values);
            }
        }
    }
}
