using Dossier.Client;
using Dossier.Protocol;

namespace Dossier.Vision.Cli.Serving.Models;

/// <summary>Says which model a URI means now.</summary>
internal sealed class ModelSource
{
    private readonly ModelUri? _uri;
    private readonly string _text;
    private readonly DossierClient? _client;

    /// <param name="text">A model URI, or a folder.</param>
    /// <param name="client">The tracking server, if there is one.</param>
    /// <exception cref="VisionException">It is neither, or a server is needed.</exception>
    public ModelSource(string text, DossierClient? client)
    {
        (_text, _client) = (text, client);
        if (Directory.Exists(text))
        {
            return;
        }

        try
        {
            _uri = ModelUri.Parse(text);
        }
        catch (ProtocolException failure)
        {
            throw new VisionException($"There is no folder '{text}', and a model URI it is not: {failure.Message}", failure);
        }

        if (_uri is ModelUri.OfData)
        {
            throw new VisionException("A data document has no model's files: name models:/NAME@ALIAS, models:/NAME/VERSION, runs:/RUN_ID/PATH or a folder.");
        }

        if (_client is null)
        {
            throw new VisionException($"'{text}' is at a tracking server, and none is named: give --tracking-uri or set MLFLOW_TRACKING_URI.");
        }
    }

    /// <summary>Whether it may mean another model later.</summary>
    public bool Moves => _uri is ModelUri.OfAlias or ModelUri.OfStage or ModelUri.OfLatest;

    /// <summary>The model that it means now.</summary>
    /// <exception cref="ProtocolException">The server knows none, or can't be reached.</exception>
    public async Task<ModelTarget> FindAsync(CancellationToken cancel)
    {
        if (_uri is null)
        {
            var folder = Path.GetFullPath(_text);
            return new(LastPart(folder), Version: null, Location: null, folder);
        }

        var model = await _client!.Models.ResolveAsync(_uri, cancel);
        return new(model.Name ?? LastPart(_text), model.Version, model.Location, Folder: null);
    }

    private static string LastPart(string path) => Path.TrimEndingDirectorySeparator(path).Split('/', ':')[^1];
}
