using System.Text;
using Dossier.CommandLine.Invocation;
using Dossier.Vision.Inference;

namespace Dossier.Vision.Cli.Predicting;

/// <summary>A file of predictions in the form that its ending says; it appears under its name only when it is complete.</summary>
internal sealed class PredictionFile : IAsyncDisposable
{
    /// <summary>The endings there are.</summary>
    public const string Endings = ".csv, .jsonl or .parquet";

    private readonly string _file;
    private readonly string _incomplete;
    private readonly FileStream _stream;
    private readonly StreamWriter? _text;
    private readonly IPredictionWriter _writer;

    private PredictionFile(string file, string incomplete, FileStream stream, StreamWriter? text, IPredictionWriter writer) =>
        (_file, _incomplete, _stream, _text, _writer) = (file, incomplete, stream, text, writer);

    /// <summary>Checks a file's ending before any work is done.</summary>
    /// <exception cref="UsageException">It is none of <see cref="Endings"/>.</exception>
    public static void Check(string file)
    {
        if (Ending(file) is not (".csv" or ".jsonl" or ".parquet"))
        {
            throw new UsageException($"'{file}' must end in {Endings}, which decides the format of the predictions.");
        }
    }

    /// <summary>Begins the file.</summary>
    public static async Task<PredictionFile> CreateAsync(string file, IReadOnlyList<string> classes)
    {
        Check(file);
        var full = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var incomplete = $"{full}.{Guid.NewGuid():N}.part";
        var stream = new FileStream(incomplete, FileMode.CreateNew, FileAccess.ReadWrite);
        if (Ending(file) == ".parquet")
        {
            return new(full, incomplete, stream, null, await ParquetPredictions.CreateAsync(stream));
        }

        var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        return new(full, incomplete, stream, text, Ending(file) == ".csv" ? new CsvPredictions(text) : new JsonLinesPredictions(text, classes));
    }

    /// <summary>Writes one.</summary>
    public ValueTask WriteAsync(InferredPicture picture, CancellationToken cancellationToken) => _writer.WriteAsync(picture, cancellationToken);

    /// <summary>Gives the file its name.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _writer.CompleteAsync(cancellationToken);
        await CloseAsync();
        File.Move(_incomplete, _file, overwrite: true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        File.Delete(_incomplete);
    }

    private async Task CloseAsync()
    {
        if (_text is not null)
        {
            await _text.DisposeAsync();
        }

        await _stream.DisposeAsync();
    }

    private static string Ending(string file) => Path.GetExtension(file).ToLowerInvariant();
}
