using System.Globalization;
using Dossier.CommandLine.Output;
using Dossier.Vision.Inference;

namespace Dossier.Vision.Cli.Predicting;

/// <summary>Predictions as CSV: <c>name,label,score,error</c>.</summary>
/// <param name="output">Where to; left open.</param>
internal sealed class CsvPredictions(TextWriter output) : IPredictionWriter
{
    private bool _hasHeader;

    /// <inheritdoc/>
    public ValueTask WriteAsync(InferredPicture picture, CancellationToken cancellationToken)
    {
        WriteHeader();
        CsvOutput.WriteRecord(output, [picture.Name, picture.Classification?.Label, picture.Classification?.Score.ToString(CultureInfo.InvariantCulture), picture.Error]);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        WriteHeader();
        await output.FlushAsync(cancellationToken);
    }

    private void WriteHeader()
    {
        if (!_hasHeader)
        {
            CsvOutput.WriteRecord(output, ["name", "label", "score", "error"]);
            _hasHeader = true;
        }
    }
}
