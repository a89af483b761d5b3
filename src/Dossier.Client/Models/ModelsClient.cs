using System.Globalization;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Model URIs: which registered model, version, logged model and files they mean. Works against Dossier, MLflow servers and Databricks
/// (the workspace's registry and Unity Catalog). Every call throws <see cref="ProtocolException"/> when the server refuses or can't be reached.
/// </summary>
public sealed class ModelsClient
{
    // A server that returns page tokens for ever must not keep us for ever.
    private const int MaxPages = 1000;

    private readonly Api _api;
    private readonly ArtifactResolver _artifacts;

    internal ModelsClient(Api api, ArtifactResolver artifacts) => (_api, _artifacts) = (api, artifacts);

    /// <summary>Resolves a model URI, e.g. <c>models:/pcb/Staging</c>.</summary>
    /// <param name="uri">A version by number, stage, alias or <c>latest</c>, a logged model, a run's model or an artifact URI.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProtocolException">
    /// <c>RESOURCE_DOES_NOT_EXIST</c>: no such model, version, run, or no version in that stage; <c>INVALID_PARAMETER_VALUE</c>: no such
    /// alias, not a model URI, or a <c>data:</c> URI, which is a file and not a model.
    /// </exception>
    public Task<ResolvedModel> ResolveAsync(string uri, CancellationToken cancellationToken = default) =>
        ResolveAsync(ModelUri.Parse(uri), cancellationToken);

    /// <inheritdoc cref="ResolveAsync(string, CancellationToken)"/>
    public async Task<ResolvedModel> ResolveAsync(ModelUri uri, CancellationToken cancellationToken = default)
    {
        switch (uri)
        {
            case ModelUri.OfRun run:
                return await OfRunAsync(run, cancellationToken);
            case ModelUri.OfLoggedModel logged:
                return Resolved(uri, await LoggedModelAsync(logged.ModelId, cancellationToken), "");
            case ModelUri.OfArtifact artifact:
                return new() { Uri = uri, Location = new ArtifactLocation.AtUri(artifact.Text) };
            case ModelUri.OfVersion named:
                return Resolved(uri, named.Name, named.Number, await VersionAsync(named, cancellationToken));
            default:
                return await LookUpAsync(uri, cancellationToken) is var (name, version)
                    ? Resolved(uri, name, Number(version), version)
                    : throw ProtocolException.Invalid(
                        $"'{uri.Text}' is not a model: use models:/NAME/VERSION, models:/NAME@ALIAS or runs:/RUN_ID/PATH.");
        }
    }

    /// <summary>
    /// Finds the version that a <c>models:/</c> URI means. A version that is named by its number is not looked up, so it need not exist.
    /// </summary>
    /// <returns>Null when the URI names no registered model.</returns>
    /// <exception cref="ProtocolException">As of <see cref="ResolveAsync(string, CancellationToken)"/>.</exception>
    public async Task<VersionKey?> FindVersionAsync(ModelUri uri, CancellationToken cancellationToken = default) => uri is ModelUri.OfVersion named
        ? new(named.Name, named.Number)
        : await LookUpAsync(uri, cancellationToken) is var (name, version) ? new(name, Number(version)) : null;

    /// <summary>Whether a registered model is in Unity Catalog: on Databricks, names with a dot are.</summary>
    internal bool InUnityCatalog(string modelName) => _api.Options.IsDatabricks && modelName.Contains('.', StringComparison.Ordinal);

    private async Task<(string Name, FoundVersion Version)?> LookUpAsync(ModelUri uri, CancellationToken cancellationToken) => uri switch
    {
        ModelUri.OfStage stage => (stage.Name, await InStageAsync(stage, cancellationToken)),
        ModelUri.OfLatest latest => (latest.Name, await HighestAsync(latest.Name, cancellationToken)),
        ModelUri.OfAlias alias => (alias.Name, await OfAliasAsync(alias, cancellationToken)),
        _ => null,
    };

    private async Task<FoundVersion> VersionAsync(ModelUri.OfVersion uri, CancellationToken cancellationToken) =>
        (await _api.GetAsync<FoundVersionAnswer>(
            Registry(uri.Name) + "model-versions/get", Named(uri.Name).Add("version", uri.Number), cancellationToken)).ModelVersion;

    private async Task<FoundVersion> InStageAsync(ModelUri.OfStage uri, CancellationToken cancellationToken)
    {
        if (InUnityCatalog(uri.Name))
        {
            throw ProtocolException.Invalid($"Unity Catalog has no stages: use a version or an alias, models:/{uri.Name}@ALIAS.");
        }

        return Highest(await LatestAsync(uri.Name, [uri.Stage], cancellationToken))
            ?? throw ProtocolException.NotFound($"Registered model '{uri.Name}' has no version in stage '{uri.Stage}'.");
    }

    private async Task<FoundVersion> HighestAsync(string name, CancellationToken cancellationToken)
    {
        // Every version is in exactly one stage, so the highest one is among the latest of each.
        var highest = InUnityCatalog(name)
            ? await HighestInCatalogAsync(name, cancellationToken)
            : Highest(await LatestAsync(name, null, cancellationToken));
        return highest ?? throw ProtocolException.NotFound($"Registered model '{name}' has no versions.");
    }

    private async Task<FoundVersion?> HighestInCatalogAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Contains('\'', StringComparison.Ordinal))
        {
            throw ProtocolException.Invalid($"Invalid registered model name '{name}': it must not contain a quote.");
        }

        FoundVersion? highest = null;
        string? token = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await _api.GetAsync<FoundVersionsAnswer>(
                Registry(name) + "model-versions/search", new Query().Add("filter", $"name='{name}'").Add("page_token", token), cancellationToken);
            highest = Highest([.. answer.ModelVersions ?? [], .. highest is null ? Array.Empty<FoundVersion>() : [highest]]);
            token = answer.NextPageToken;
            if (string.IsNullOrEmpty(token))
            {
                break;
            }
        }

        return highest;
    }

    private async Task<FoundVersion> OfAliasAsync(ModelUri.OfAlias uri, CancellationToken cancellationToken)
    {
        var version = (await _api.GetAsync<FoundVersionAnswer>(
            Registry(uri.Name) + "registered-models/alias", Named(uri.Name).Add("alias", uri.Alias), cancellationToken)).ModelVersion;
        return version.Version > 0 ? version : throw ProtocolException.NotFound($"Registered model '{uri.Name}' has no alias '{uri.Alias}'.");
    }

    private async Task<IReadOnlyList<FoundVersion>> LatestAsync(string name, IReadOnlyList<string>? stages, CancellationToken cancellationToken) =>
        (await _api.SendAsync<GetLatestVersions, FoundVersionsAnswer>(
            HttpMethod.Post, "registered-models/get-latest-versions", new(name, stages), Repeat.Safe, cancellationToken)).ModelVersions ?? [];

    /// <summary>
    /// A run's model: since MLflow 3 a logged model of that name, which is stored outside the run; otherwise a folder of the run's artifacts.
    /// </summary>
    private async Task<ResolvedModel> OfRunAsync(ModelUri.OfRun uri, CancellationToken cancellationToken)
    {
        var run = (await _api.GetAsync<RunAnswer>("runs/get", new Query().Add("run_id", uri.RunId), cancellationToken)).Run;
        _artifacts.Learn(run.Info);
        // The run may have logged the name more than once; the last one counts.
        foreach (var output in uri.Path.Length == 0 ? [] : (run.Outputs.ModelOutputs ?? []).Reverse())
        {
            try
            {
                var model = await LoggedModelAsync(output.ModelId, cancellationToken);
                if (uri.PathBelow(model.Name) is { } path)
                {
                    return Resolved(uri, model, path);
                }
            }
            catch (ProtocolException e) when (e.ErrorCode == ErrorCode.ResourceDoesNotExist)
            {
                // Deleted since: another one may have the name.
            }
        }

        return new() { Uri = uri, Location = new ArtifactLocation.InRun(uri.RunId, uri.Path), RunId = uri.RunId };
    }

    private async Task<LoggedModelInfo> LoggedModelAsync(string modelId, CancellationToken cancellationToken) =>
        (await _api.GetAsync<LoggedModelAnswer>("logged-models/" + Uri.EscapeDataString(modelId), new Query(), cancellationToken)).Model.Info;

    private static ResolvedModel Resolved(ModelUri uri, LoggedModelInfo model, string path) => new()
    {
        Uri = uri,
        Location = new ArtifactLocation.AtUri(ArtifactNames.Join(
            (model.ArtifactUri ?? throw ProtocolException.NotFound($"Logged model {model.ModelId} has no artifact URI.")).TrimEnd('/'), path)),
        ModelId = model.ModelId,
        RunId = NonEmpty(model.SourceRunId),
    };

    private static ResolvedModel Resolved(ModelUri uri, string name, string number, FoundVersion version) => new()
    {
        Uri = uri,
        Location = new ArtifactLocation.InVersion(name, number),
        Name = name,
        Version = number,
        ModelId = NonEmpty(version.ModelId) ?? (ModelUri.TryParse(version.Source) as ModelUri.OfLoggedModel)?.ModelId,
        RunId = NonEmpty(version.RunId),
    };

    private static FoundVersion? Highest(IEnumerable<FoundVersion> versions) => versions.Where(version => version.Version > 0).MaxBy(version => version.Version);

    private static string Number(FoundVersion version) => version.Version.ToString(CultureInfo.InvariantCulture);

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static Query Named(string name) => new Query().Add("name", name);

    private string Registry(string name) => InUnityCatalog(name) ? "unity-catalog/" : "";
}
