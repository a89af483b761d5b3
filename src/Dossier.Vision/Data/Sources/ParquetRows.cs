using System.Globalization;
using System.Runtime.CompilerServices;
using Dossier.Vision.Pictures;
using Parquet;

namespace Dossier.Vision.Data.Sources;

/// <summary>A row of a Parquet file with pictures.</summary>
/// <param name="Name">What its file calls it, else the file's name and the row's number.</param>
/// <param name="Place">Where it is, for people: <c>boards.parquet, row 7</c>.</param>
/// <param name="Content">The encoded picture, if the row has one.</param>
/// <param name="Label">The class; null if it has none or none was asked for.</param>
/// <param name="Split">The split, if there is a column for it.</param>
internal sealed record ParquetRow(string Name, string Place, byte[]? Content, string? Label, string? Split)
{
    /// <summary>Why there is no picture to decode; null if there is one.</summary>
    public string? Fault => Content is null ? "The row has no picture."
        : Content.Length > PictureDecoder.MaxBytes ? $"The picture has {Content.Length:N0} bytes; {PictureDecoder.MaxBytes:N0} are the most."
        : null;
}

/// <summary>
/// Reads pictures out of Parquet: a binary column <c>content</c> or <c>image</c> (also Hugging Face's <c>image</c> of <c>bytes</c> and <c>path</c>), a <c>label</c> and, if
/// they are there, <c>name</c> (or <c>path</c>, <c>filename</c>) and <c>split</c>. One row group is in memory at a time.
/// </summary>
/// <param name="paths">The files.</param>
/// <param name="labelled">Whether there must be labels; else they are not looked at.</param>
internal sealed class ParquetRows(IReadOnlyList<string> paths, bool labelled)
{
    private const long MaxGroupBytes = 2L << 30;

    /// <summary>How many rows the files say they have.</summary>
    /// <exception cref="VisionException">A file cannot be read, or lacks a column.</exception>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var path in paths)
        {
            total += await OpenedAsync(path, (reader, _) => Task.FromResult(reader.RowGroups.Sum(group => Math.Max(0, group.RowCount))), cancellationToken);
        }

        return total;
    }

    /// <summary>The rows, in their order.</summary>
    /// <exception cref="VisionException">A file cannot be read, or has a row group too large to be held.</exception>
    public async IAsyncEnumerable<ParquetRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
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
                    var name = rows.Names?[i] is { Length: > 0 and <= PictureSource.MaxText } given ? given : $"{file}#{number}";
                    yield return new ParquetRow(name, $"{file}, row {number}", rows.Contents[i], rows.Labels?[i], rows.Splits?[i]);

                    // Who has taken it keeps it as long as needed: it need not wait in memory for the end of its row group.
                    rows.Contents[i] = null;
                }
            }
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
        var labels = columns.Label is null ? null : await ParquetText.ReadAsync(group, columns.Label, rows, cancellationToken);
        return new Group(
            contents,
            labels is null ? null : Array.ConvertAll(labels, label => int.TryParse(label, CultureInfo.InvariantCulture, out var id) && id >= 0 && id < columns.ClassNames.Count ? columns.ClassNames[id] : label),
            columns.Name is null ? null : await ParquetText.ReadAsync(group, columns.Name, rows, cancellationToken),
            columns.Split is null ? null : await ParquetText.ReadAsync(group, columns.Split, rows, cancellationToken));
    }

    private async Task<T> OpenedAsync<T>(string path, Func<ParquetReader, ParquetColumns, Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            await using var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true, cancellationToken: cancellationToken);
            return await use(reader, ParquetColumns.Find(reader, path, labelled));
        }
        catch (Exception error) when (error is not (VisionException or OperationCanceledException))
        {
            // A damaged file surfaces as whatever its bytes lead the reader to.
            throw new VisionException($"{path} cannot be read as Parquet: {error.Message}", error);
        }
    }

    private sealed record Group(byte[]?[] Contents, string?[]? Labels, string?[]? Names, string?[]? Splits);
}
