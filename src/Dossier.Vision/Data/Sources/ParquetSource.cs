using System.Runtime.CompilerServices;

namespace Dossier.Vision.Data.Sources;

/// <summary>A labelled data set in Parquet, of <see cref="ParquetRows"/>; its pictures are kept in a temporary file.</summary>
internal static class ParquetSource
{
    public static async Task<PictureSource> OpenAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var rows = new ParquetRows(paths, labelled: true);
        var total = await rows.CountAsync(cancellationToken);
        return total <= PictureSource.MaxRows
            ? new PictureSource("parquet", (int)total, KeptAsync(rows, cancellationToken))
            : throw new VisionException($"The Parquet files have {total:N0} rows; {PictureSource.MaxRows:N0} are the most.");
    }

    private static async IAsyncEnumerable<SourceRow> KeptAsync(ParquetRows rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spool = new PictureSpool();
        await foreach (var row in rows.ReadAsync(cancellationToken))
        {
            yield return new SourceRow(row.Name, row.Place, row.Label, await KeepAsync(spool, row, cancellationToken)) { Split = row.Split };
        }
    }

    private static async Task<Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>>> KeepAsync(PictureSpool spool, ParquetRow row, CancellationToken cancellationToken)
    {
        if (row.Fault is { } fault)
        {
            return _ => throw new VisionException(fault);
        }

        try
        {
            return await spool.KeepAsync(row.Content!, cancellationToken);
        }
        catch (IOException error)
        {
            throw new VisionException($"Pictures cannot be kept in the temporary folder {Path.GetTempPath()}: {error.Message} (TMPDIR names another one.)", error);
        }
    }
}
