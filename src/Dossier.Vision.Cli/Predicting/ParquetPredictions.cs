using Dossier.Vision.Inference;
using Parquet;
using Parquet.Schema;

namespace Dossier.Vision.Cli.Predicting;

/// <summary>Predictions as Parquet: the columns <c>name</c>, <c>label</c>, <c>score</c>, <c>error</c>, in row groups of 10,000.</summary>
internal sealed class ParquetPredictions : IPredictionWriter
{
    private const int RowsOfGroup = 10_000;

    private static readonly DataField Name = new("name", typeof(string), isNullable: false);
    private static readonly DataField Label = new("label", typeof(string), isNullable: true);
    private static readonly DataField Score = new("score", typeof(double), isNullable: true);
    private static readonly DataField Error = new("error", typeof(string), isNullable: true);

    private readonly ParquetWriter _writer;
    private readonly List<InferredPicture> _rows = new(RowsOfGroup);

    private ParquetPredictions(ParquetWriter writer) => _writer = writer;

    /// <summary>Writes into a stream, which stays open.</summary>
    public static async Task<ParquetPredictions> CreateAsync(Stream stream) =>
        new(await ParquetWriter.CreateAsync(new ParquetSchema(Name, Label, Score, Error), stream));

    /// <inheritdoc/>
    public async ValueTask WriteAsync(InferredPicture picture, CancellationToken cancellationToken)
    {
        _rows.Add(picture);
        if (_rows.Count == RowsOfGroup)
        {
            await WriteGroupAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count > 0)
        {
            await WriteGroupAsync(cancellationToken);
        }

        await _writer.DisposeAsync();
    }

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using var group = _writer.CreateRowGroup();
        await group.WriteAsync(Name, Texts(row => row.Name));
        await group.WriteAsync(Label, Texts(row => row.Classification?.Label));
        await group.WriteAsync<double>(Score, _rows.Select(row => row.Classification?.Score).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync(Error, Texts(row => row.Error));
        _rows.Clear();
    }

    // Parquet.Net takes nulls where the field does, though its signature does not say so.
    private List<string> Texts(Func<InferredPicture, string?> text) => [.. _rows.Select(row => text(row)!)];
}
