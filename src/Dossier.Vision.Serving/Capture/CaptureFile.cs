using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Dossier.Vision.Serving.Capture;

/// <summary>Writes a Parquet file of captured rows, under its name only when it is complete and on disk.</summary>
internal static class CaptureFile
{
    private static readonly DataField RequestId = new("request_id", typeof(string), isNullable: false);
    private static readonly DateTimeDataField Timestamp = new("timestamp", DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: false);
    private static readonly DataField ModelName = new("model_name", typeof(string), isNullable: false);
    private static readonly DataField ModelVersion = new("model_version", typeof(string), isNullable: true);
    private static readonly DataField Status = new("status", typeof(int), isNullable: false);
    private static readonly DataField Latency = new("latency_ms", typeof(double), isNullable: false);
    private static readonly DataField Row = new("row", typeof(int), isNullable: true);
    private static readonly DataField Sha256 = new("picture_sha256", typeof(string), isNullable: true);
    private static readonly DataField Picture = new("picture", typeof(byte[]), isNullable: true);
    private static readonly DataField Label = new("label", typeof(string), isNullable: true);
    private static readonly DataField Score = new("score", typeof(double), isNullable: true);
    private static readonly DataField Error = new("error", typeof(string), isNullable: true);

    private static readonly ParquetSchema Schema = new(
        RequestId, Timestamp, ModelName, ModelVersion, Status, Latency, Row, Sha256, Picture, Label, Score, Error);

    /// <summary>Writes the rows.</summary>
    /// <param name="folder">The folder; must exist.</param>
    /// <param name="rows">At least one.</param>
    /// <param name="now">Becomes a part of the name.</param>
    /// <returns>The file.</returns>
    public static async Task<string> WriteAsync(string folder, IReadOnlyList<CaptureRow> rows, DateTimeOffset now)
    {
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var file = Path.Combine(folder, $"requests-{stamp}-{Guid.CreateVersion7(now):N}.parquet");
        var incomplete = file + ".part";
        try
        {
            await using (var stream = new FileStream(incomplete, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                await WriteAsync(stream, rows);
                stream.Flush(flushToDisk: true);
            }

            File.Move(incomplete, file);
            return file;
        }
        finally
        {
            if (File.Exists(incomplete))
            {
                File.Delete(incomplete);
            }
        }
    }

    private static async Task WriteAsync(Stream stream, IReadOnlyList<CaptureRow> rows)
    {
        await using var writer = await ParquetWriter.CreateAsync(Schema, stream);
        using var group = writer.CreateRowGroup();
        await group.WriteAsync(RequestId, Texts(rows, row => row.RequestId));
        await group.WriteAsync<DateTime>(Timestamp, rows.Select(row => row.At.UtcDateTime).ToArray());
        await group.WriteAsync(ModelName, Texts(rows, row => row.ModelName));
        await group.WriteAsync(ModelVersion, Texts(rows, row => row.ModelVersion));
        await group.WriteAsync<int>(Status, rows.Select(row => row.Status).ToArray());
        await group.WriteAsync<double>(Latency, rows.Select(row => row.Latency.TotalMilliseconds).ToArray());
        await group.WriteAsync<int>(Row, rows.Select(row => row.Row).ToArray());
        await group.WriteAsync(Sha256, Texts(rows, row => row.Sha256));
        await group.WriteAsync(Picture, rows.Select(row => row.Picture!).ToList());
        await group.WriteAsync(Label, Texts(rows, row => row.Label));
        await group.WriteAsync<double>(Score, rows.Select(row => row.Score).ToArray());
        await group.WriteAsync(Error, Texts(rows, row => row.Error));
    }

    // Parquet.Net takes nulls where the field does, though its signature does not say so.
    private static List<string> Texts(IReadOnlyList<CaptureRow> rows, Func<CaptureRow, string?> text) => rows.Select(row => text(row)!).ToList();
}
