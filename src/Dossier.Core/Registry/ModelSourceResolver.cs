using Dossier.Core.Artifacts;
using Dossier.Core.LoggedModels;
using Dossier.Core.Tracking;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Registry;

/// <summary>
/// Finds where the files of a model version really are: <c>runs:/RUN/path</c> in the run's artifacts, <c>models:/…</c> where the named
/// model's are, an artifact URI where it says, a local path only inside the artifacts of the run that the request names.
/// </summary>
/// <param name="runs">Reads runs.</param>
/// <param name="loggedModels">Reads logged models.</param>
/// <param name="registry">Reads other versions.</param>
public sealed class ModelSourceResolver(ITrackingStore runs, ILoggedModelStore loggedModels, IRegistryStore registry)
{
    private const string FileScheme = "file:";

    /// <summary>The download URI of a source.</summary>
    /// <param name="source">As the client sent it, not empty.</param>
    /// <param name="runId">The run that the client named; null if none.</param>
    /// <param name="cancel">Stops the look-ups.</param>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> "Invalid model version source" for a hostile or malformed one,
    /// <c>RESOURCE_DOES_NOT_EXIST</c> for one that names an unknown run, logged model or version.</exception>
    public async Task<string> ResolveAsync(string source, string? runId, CancellationToken cancel)
    {
        if (ArtifactUri.FaultOf(source) is { } fault)
        {
            throw Invalid(source, fault);
        }

        if (NamesRecord(source))
        {
            return await OfRecordAsync(ModelUri.Parse(source), cancel);
        }

        if (ArtifactUri.SchemeOf(source) is not null)
        {
            _ = ArtifactUri.TryServe(source);
            return source;
        }

        return await OfLocalPathAsync(source, runId, cancel);
    }

    private static bool NamesRecord(string source) =>
        source.StartsWith("runs:", StringComparison.OrdinalIgnoreCase) || source.StartsWith("models:", StringComparison.OrdinalIgnoreCase);

    private async Task<string> OfRecordAsync(ModelUri source, CancellationToken cancel) => source switch
    {
        ModelUri.OfRun run => ArtifactUri.Append((await RunAsync(run.RunId, cancel)).Info.ArtifactUri!, run.Path),
        ModelUri.OfLoggedModel model => (await LoggedModelAsync(model.ModelId, cancel)).Info.ArtifactUri!,
        ModelUri.OfVersion version => await OfVersionAsync(version.Name, version.Number, cancel),
        // Aliases, stages and 'latest' move on, while a version's files stay.
        _ => throw Invalid(source.Text, "write 'runs:/<run id>/<path>', 'models:/<model id>' or 'models:/<name>/<version>'."),
    };

    private async Task<Run> RunAsync(string runId, CancellationToken cancel) =>
        await runs.GetRunAsync(IdRules.Run(runId, "source"), cancel) ?? throw RunService.RunNotFound(runId);

    private async Task<LoggedModel> LoggedModelAsync(string modelId, CancellationToken cancel) =>
        await loggedModels.GetAsync(modelId, cancel) ?? throw ProtocolException.NotFound($"Logged model with ID '{modelId}' not found.");

    private async Task<string> OfVersionAsync(string name, string number, CancellationToken cancel) =>
        await registry.GetDownloadUriAsync(RegistryRules.Name(name, "source"), NumberRules.Version(number), cancel)
        ?? throw ProtocolException.NotFound($"Model Version (name={name}, version={number}) not found");

    private async Task<string> OfLocalPathAsync(string source, string? runId, CancellationToken cancel)
    {
        var path = LocalPath(source);
        var run = runId is null ? null : await runs.GetRunAsync(runId, cancel);
        var root = run is null ? null : LocalPath(run.Info.ArtifactUri ?? "").TrimEnd('/');
        var isInside = !string.IsNullOrEmpty(root) && root.StartsWith('/')
            && (path == root || path.StartsWith(root + "/", StringComparison.Ordinal));
        return isInside
            ? source
            : throw ProtocolException.Invalid(
                $"Invalid model version source: '{TextRules.Excerpt(path)}'. To use a local path as a model version source, the run_id request parameter has to be "
                + "specified and the local path has to be contained within the artifact directory of the run specified by the run_id.");
    }

    private static string LocalPath(string uri)
    {
        if (!uri.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase))
        {
            return uri;
        }

        var path = uri[FileScheme.Length..];
        return path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
    }

    private static ProtocolException Invalid(string source, string hint) =>
        ProtocolException.Invalid($"Invalid model version source: '{TextRules.Excerpt(source)}': {hint}");
}
