using System.Globalization;
using System.Runtime.CompilerServices;
using Dossier.Vision.Pictures;
using Parquet;

namespace Dossier.Vision.Data.Sources;

/// <summary>
/// Pictures in Parquet: a binary column <c>content</c> or <c>image</c> (also Hugging Face's <c>image</c> of <c>bytes</c> and <c>path</c>), a <c>label</c> and, if
/// they are there, <c>name</c> (or <c>path</c>, <c>filename</c>) and <c>split</c>. One row group is in memory at a time; pictures are kept in a temporary file.
/// </summary>
internal static class ParquetSource
{
    private const long MaxGroupBytes = 2L << 30;

    public static async Task<PictureSource> OpenAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var path in paths)
        {
            total += await OpenedAsync(path, (reader, _) => Task.FromResult(reader.RowGroups.Sum(group => Math.Max(0, group.RowCount))), cancellationToken);
        }

        return total <= PictureSource.MaxRows
            ? new PictureSource("parquet", (int)total, Rows(paths, cancellationToken))
            : throw new VisionException($"The Parquet files have {total:N0} rows; {PictureSource.MaxRows:N0} are the most.");
    }

    private static async IAsyncEnumerable<SourceRow> Rows(IReadOnlyList<string> paths, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spool = new PictureSpool();
        foreach (var path in paths)
        {
            var file = Path.GetFileName(path);
            var number = 0;
            var groups = await OpenedAsync(path, (reader, _) => Task.FromResult(reader.RowGroupCount), cancellationToken);
            for (var group = 0; group < groups; group++)
            {
                var rows = await OpenedAsync(path, (reader, columns) => ReadAsync(reader.OpenRowGroupReader(group), columns, path, cancellationToken), cancellationToken);
                for (var i = 0; i < rows.Contents.Length; i++)
                {
                    number++;
                    yield return new SourceRow(
                        rows.Names?[i] is { Length: > 0 and <= PictureSource.MaxText } name ? name : $"{file}#{number}",
                        $"{file}, row {number}", rows.Labels[i], await KeepAsync(spool, rows.Contents[i], cancellationToken))
                    {
                        Split = rows.Splits?[i],
                    };

                    // What is on disk need not wait in memory for the end of its row group.
                    rows.Contents[i] = null;
                }
            }
        }
    }

    private static async Task<Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>>> KeepAsync(PictureSpool spool, byte[]? content, CancellationToken cancellationToken)
    {
        if (content is null || content.Length > PictureDecoder.MaxBytes)
        {
            var why = content is null ? "The row has no picture." : $"The picture has {content.Length:N0} bytes; {PictureDecoder.MaxBytes:N0} are the most.";
            return _ => throw new VisionException(why);
        }

        try
        {
            return await spool.KeepAsync(content, cancellationToken);
        }
        catch (IOException error)
        {
            throw new VisionException($"Pictures cannot be kept in the temporary folder {Path.GetTempPath()}: {error.Message} (TMPDIR names another one.)", error);
        }
    }

    private static async Task<Group> ReadAsync(ParquetRowGroupReader group, ParquetColumns columns, string path, CancellationToken cancellationToken)
    {
        var bytes = group.GetMetadata(columns.Content)?.MetaData?.TotalUncompressedSize ?? 0;
        if (bytes > MaxGroupBytes || group.RowCount > PictureSource.MaxRows)
        {
            throw new VisionException(
                $"{path} has a row group of {group.RowCount:N0} rows and {bytes:N0} bytes; {MaxGroupBytes:N0} bytes are the most. Write it with smaller row groups, e.g. of 1,000 rows.");
        }

        var rows = (int)group.RowCount;
        var contents = new byte[]?[rows];
        await group.ReadAsync(columns.Content, contents.AsMemory()!, cancellationToken: cancellationToken);
        var labels = await ParquetText.ReadAsync(group, columns.Label, rows, cancellationToken);
        return new Group(
            contents,
            Array.ConvertAll(labels, label => int.TryParse(label, CultureInfo.InvariantCulture, out var id) && id >= 0 && id < columns.ClassNames.Count ? columns.ClassNames[id] : label),
            columns.Name is null ? null : await ParquetText.ReadAsync(group, columns.Name, rows, cancellationToken),
            columns.Split is null ? null : await ParquetText.ReadAsync(group, columns.Split, rows, cancellationToken));
    }

    private static async Task<T> OpenedAsync<T>(string path, Func<ParquetReader, ParquetColumns, Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            await using var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true, cancellationToken: cancellationToken);
            return await use(reader, ParquetColumns.Find(reader, path));
        }
        catch (Exception error) when (error is not (VisionException or OperationCanceledException))
        {
            // A damaged file surfaces as whatever its bytes lead the reader to.
            throw new VisionException($"{path} cannot be read as Parquet: {error.Message}", error);
        }
    }

    private sealed record Group(byte[]?[] Contents, string?[] Labels, string?[]? Names, string?[]? Splits);
}
