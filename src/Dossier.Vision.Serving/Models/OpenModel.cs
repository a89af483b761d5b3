using Dossier.Client;
using Dossier.Vision.Inference;

namespace Dossier.Vision.Serving.Models;

/// <summary>A model that a URI names, downloaded and opened; what was downloaded is deleted when it is disposed.</summary>
public sealed class OpenModel : IDisposable
{
    private readonly ServedModel _model;

    private OpenModel(ServedModel model) => _model = model;

    /// <summary>The model; closed with this.</summary>
    public PictureClassifier Classifier => _model.Classifier;

    /// <summary>Which one it is.</summary>
    public ModelTarget Target => _model.Target;

    /// <summary>Finds, downloads and opens a model, and has it answer once.</summary>
    /// <param name="uri">A model URI as <see cref="ScoringServerOptions.ModelUri"/>, or a folder.</param>
    /// <param name="client">The tracking server; null is right for a folder.</param>
    /// <param name="progress">Is called with the bytes downloaded so far.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="VisionException">The URI is not valid, or the model is not a classifier that answers.</exception>
    /// <exception cref="Dossier.Protocol.ProtocolException">The server does not know the model, or can't be reached.</exception>
    public static async Task<OpenModel> OpenAsync(string uri, DossierClient? client, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var target = await new ModelSource(uri, client).FindAsync(cancellationToken);
        return new(await new ModelLoader(client, new ClassifierOptions(), TimeProvider.System).LoadAsync(target, progress, cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Release();
}
