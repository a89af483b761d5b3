using System.CommandLine;
using Dossier.Client;
using Dossier.CommandLine.Options;
using Dossier.Vision.Cli.Options;
using Dossier.Vision.Cli.Output;
using Dossier.Vision.Cli.Serving.Models;
using Dossier.Vision.Inference;

namespace Dossier.Vision.Cli.Models;

/// <summary>The model of a command line, opened; what was downloaded for it is gone when it is disposed.</summary>
internal sealed class OpenModel : IDisposable
{
    private readonly ServedModel _model;

    private OpenModel(ServedModel model) => _model = model;

    /// <summary>The model.</summary>
    public PictureClassifier Classifier => _model.Classifier;

    /// <summary>Which one it is.</summary>
    public ModelTarget Target => _model.Target;

    /// <summary>Finds, downloads and opens the model that <see cref="ModelOptions.ModelUri"/> names; a folder needs no server.</summary>
    /// <exception cref="VisionException">It is no classifier that answers.</exception>
    public static async Task<OpenModel> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var uri = parsed.GetRequiredValue(ModelOptions.ModelUri);
        if (Directory.Exists(uri) || !uri.Contains(':', StringComparison.Ordinal))
        {
            return await OpenAsync(uri, null, cancellationToken);
        }

        using var client = TrackingOptions.Connect(parsed);
        return await OpenAsync(uri, client, cancellationToken);
    }

    /// <summary>As <see cref="OpenAsync(ParseResult, CancellationToken)"/>, from a server that is known.</summary>
    public static async Task<OpenModel> OpenAsync(string uri, DossierClient? client, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(TimeProvider.System);
        var target = await new ModelSource(uri, client).FindAsync(cancellationToken);
        return new(await new ModelLoader(client, new ClassifierOptions(), TimeProvider.System).LoadAsync(target, new DownloadProgress(line), cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Release();
}
