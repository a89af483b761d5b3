using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Collect;

/// <summary>The manifest's <c>model_uris</c>: all names by which the model's files are reached; null where one is not known.</summary>
internal static class ModelUris
{
    public static RecordObject Of(ModelUri uri, FoundVersion? version, ModelPlace place, RecordObject? file, string? runId, RecordObject? run)
    {
        var path = place.RunPath ?? PathIn(file) ?? place.LoggedModel?.TextAt("name");
        var uris = new RecordObject
        {
            ["model_uri"] = new RecordText(uri.Text),
            ["run_uri"] = RecordValue.Of(runId is null || path is null ? null : Join("runs:/" + runId, path)),
        };
        if (version is not null)
        {
            uris["reg_model_download_uri"] = RecordValue.Of(version.DownloadUri);
        }

        var root = run?.ObjectAt("info")?.TextAt("artifact_uri");
        uris["run_model_download_uri"] = RecordValue.Of(
            place.LoggedModel?.TextAt("artifact_uri") ?? (root is null || path is null ? null : Join(root, path)));
        return uris;
    }

    /// <summary>Newer MLmodel files contain a URI there, not a path below the run.</summary>
    private static string? PathIn(RecordObject? file) =>
        file?.TextAt("artifact_path") is { } path && !path.Contains(':', StringComparison.Ordinal) ? path : null;

    private static string Join(string root, string path) => path.Length == 0 ? root : root.TrimEnd('/') + "/" + path;
}
