using Dossier.Testing;
using Dossier.Vision.Inference;
using Dossier.Vision.Pictures;
using Dossier.Vision.Tests.Data;
using Parquet;
using Parquet.Schema;

namespace Dossier.Vision.Tests.Inference;

/// <summary>What there is to classify.</summary>
public sealed class UnlabelledPicturesTests : IDisposable
{
    private static readonly byte[] Good = PictureEncoder.Png(Made.Raster(1, 16, 16));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_of_Parquet_come_in_their_order_through_all_row_groups_without_labels()
    {
        var path = _folder.Combine("pictures.parquet");
        await WriteAsync(path, "content", [Good, null], [Good]);

        var (total, pictures) = await UnlabelledPictures.OpenAsync(path);
        var all = await pictures.ToListAsync();

        Assert.Equal(3, total);
        Assert.Equal(["pictures.parquet#1", "pictures.parquet#2", "pictures.parquet#3"], all.Select(one => one.Name));
        Assert.Equal(Good, (await all[0].ReadAsync(default)).ToArray());
        Assert.Equal("The row has no picture.", (await Assert.ThrowsAsync<VisionException>(async () => await all[1].ReadAsync(default))).Message);
        Assert.Equal(Good, (await all[2].ReadAsync(default)).ToArray());
    }

    [Fact]
    public async Task A_folder_of_Parquet_files_is_read_file_after_file()
    {
        await WriteAsync(_folder.Combine("part-1.parquet"), "image", [Good]);
        await WriteAsync(_folder.Combine("part-0.parquet"), "image", [Good], [Good]);

        var (total, pictures) = await UnlabelledPictures.OpenAsync(_folder.Path);

        Assert.Equal(3, total);
        Assert.Equal(["part-0.parquet#1", "part-0.parquet#2", "part-1.parquet#1"], await pictures.Select(one => one.Name).ToListAsync());
    }

    [Fact]
    public async Task What_cannot_be_classified_is_told_before_anything_is()
    {
        await Assert.ThrowsAsync<VisionException>(() => UnlabelledPictures.OpenAsync(_folder.Path));
        var path = _folder.Combine("x.parquet");
        await WriteAsync(path, "sound", [Good]);
        Assert.EndsWith("content or image (binary) with the pictures is expected.", (await Assert.ThrowsAsync<VisionException>(() => UnlabelledPictures.OpenAsync(path))).Message, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(_folder.Combine("x.png"), Good);
        Assert.Contains("has both pictures (1) and Parquet files (1)", (await Assert.ThrowsAsync<VisionException>(() => UnlabelledPictures.OpenAsync(_folder.Path))).Message, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(path, Good);
        Assert.Contains("cannot be read as Parquet", (await Assert.ThrowsAsync<VisionException>(() => UnlabelledPictures.OpenAsync(path))).Message, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(string path, string column, params byte[]?[][] groups)
    {
        var content = new DataField<byte[]>(column);
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(content), file);
        foreach (var rows in groups)
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(content, rows!);
        }
    }
}
