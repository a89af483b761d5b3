using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Collect;

/// <summary>Where a model's files are.</summary>
/// <param name="Candidates">The directories to try, the best first: a run's own artifacts are readable more often than a registry's copy.</param>
/// <param name="RunPath">The path below the run's artifact root; null when the model is not known to be there.</param>
/// <param name="LoggedModel">The logged model's <c>info</c>, for models of MLflow 3.</param>
internal sealed record ModelPlace(IReadOnlyList<ArtifactLocation> Candidates, string? RunPath, RecordObject? LoggedModel)
{
    /// <summary>Works out the place from what is known of version, run and logged model.</summary>
    /// <param name="uri">The model URI.</param>
    /// <param name="version">The version; null when the URI names none.</param>
    /// <param name="runId">The run; null when it is not known.</param>
    /// <param name="runUri">The run's artifact URI; null when it is not known.</param>
    /// <param name="loggedModel">The logged model's <c>info</c>; null when there is none.</param>
    public static ModelPlace Of(ModelUri uri, FoundVersion? version, string? runId, string? runUri, RecordObject? loggedModel)
    {
        var source = version?.Raw.TextAt("source");
        var inRun = uri as ModelUri.OfRun ?? ModelUri.TryParse(source) as ModelUri.OfRun ?? BelowRun(runId, runUri, source);
        string?[] uris = [loggedModel?.TextAt("artifact_uri"), version?.DownloadUri, source, (uri as ModelUri.OfArtifact)?.Text];
        List<ArtifactLocation> candidates =
            [.. uris.OfType<string>().Where(text => ModelUri.TryParse(text) is ModelUri.OfArtifact).Distinct().Select(text => new ArtifactLocation.AtUri(text))];
        if (inRun is not null)
        {
            // A 3.x client's model has the name of a path in the run, but is stored outside of it.
            var isOutside = uri is ModelUri.OfRun && loggedModel is not null && candidates.Count > 0;
            candidates.Insert(
                isOutside ? 1 : 0, new ArtifactLocation.InRun(inRun.RunId, inRun.Path) { ArtifactUri = inRun.RunId == runId ? runUri : null });
        }

        return new ModelPlace(candidates, inRun?.Path, loggedModel);
    }

    /// <summary>The id of the logged model that a text names as <c>models:/m-…</c>; null when it does not.</summary>
    public static string? LoggedModelId(string? uri) => (ModelUri.TryParse(uri) as ModelUri.OfLoggedModel)?.ModelId;

    private static ModelUri.OfRun? BelowRun(string? runId, string? runUri, string? source)
    {
        var root = runUri?.TrimEnd('/');
        return !string.IsNullOrEmpty(root) && source?.StartsWith(root + "/", StringComparison.Ordinal) == true
            ? ModelUri.TryParse($"runs:/{runId}/{source[(root.Length + 1)..]}") as ModelUri.OfRun
            : null;
    }
}
