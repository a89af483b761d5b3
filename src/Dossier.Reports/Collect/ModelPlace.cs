using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Collect;

/// <summary>Where a model's files are.</summary>
/// <param name="Candidates">The directories to try, the best first: a run's own artifacts are readable more often than a registry's copy.</param>
/// <param name="RunPath">The path below the run's artifact root; null when the model is not known to lie there.</param>
/// <param name="LoggedModel">The logged model's <c>info</c>, for models of MLflow 3.</param>
internal sealed record ModelPlace(IReadOnlyList<ArtifactLocation> Candidates, string? RunPath, JsonObject? LoggedModel)
{
    /// <summary>Works out the place from what is known of version, run and logged model.</summary>
    public static ModelPlace Of(ModelUri uri, FoundVersion? version, JsonObject? run, JsonObject? loggedModel)
    {
        var source = version?.Raw.TextAt("source");
        var inRun = uri as ModelUri.OfRun ?? AsRun(source) ?? BelowRun(run, source);
        string?[] uris = [loggedModel?.TextAt("artifact_uri"), version?.DownloadUri, source, (uri as ModelUri.OfArtifact)?.Text];
        List<ArtifactLocation> candidates = [.. uris.OfType<string>().Where(IsPlain).Distinct().Select(text => new ArtifactLocation.AtUri(text))];
        if (inRun is not null)
        {
            candidates.Insert(0, new ArtifactLocation.InRun(inRun.RunId, inRun.Path));
        }

        return new ModelPlace(candidates, inRun?.Path, loggedModel);
    }

    /// <summary>The id of the logged model that a text names as <c>models:/m-…</c>; null when it does not.</summary>
    public static string? LoggedModelId(string? uri) => (ModelUri.TryParse(uri) as ModelUri.OfLoggedModel)?.ModelId;

    private static ModelUri.OfRun? AsRun(string? uri) => ModelUri.TryParse(uri) as ModelUri.OfRun;

    private static ModelUri.OfRun? BelowRun(JsonObject? run, string? source)
    {
        var info = run?.ObjectAt("info");
        var root = info?.TextAt("artifact_uri")?.TrimEnd('/');
        return !string.IsNullOrEmpty(root) && source?.StartsWith(root + "/", StringComparison.Ordinal) == true
            ? AsRun($"runs:/{info!.TextAt("run_id")}/{source[(root.Length + 1)..]}")
            : null;
    }

    private static bool IsPlain(string uri) => ModelUri.TryParse(uri) is ModelUri.OfArtifact;
}
