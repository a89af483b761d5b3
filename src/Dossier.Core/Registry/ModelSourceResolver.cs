using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.LoggedModels;
using Dossier.Core.Tracking;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Registry;

/// <summary>
/// Finds where the files of a model version really are: <c>runs:/RUN/path</c> in the run's artifacts, <c>models:/…</c> where the named
/// model's are, an artifact URI where it says, a local path only inside the artifacts of the run that the request names.
/// Who may read the registered model may read these files from then on, so whoever names them must be allowed to read them.
/// </summary>
/// <param name="runs">Reads runs.</param>
/// <param name="loggedModels">Reads logged models.</param>
/// <param name="registry">Reads other versions.</param>
/// <param name="access">Says what the caller may read.</param>
public sealed class ModelSourceResolver(ITrackingStore runs, ILoggedModelStore loggedModels, IRegistryStore registry, AccessService access)
{
    private const string FileScheme = "file:";

    /// <summary>The download URI of a source.</summary>
    /// <param name="source">As the client sent it, not empty.</param>
    /// <param name="runId">The run that the client named; null if none.</param>
    /// <param name="mayBePlaceholder">Whether a source that is no URI means nothing and is taken as it is.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancel">Stops the look-ups.</param>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> "Invalid model version source" for a hostile or malformed one,
    /// <c>RESOURCE_DOES_NOT_EXIST</c> for one that names a run, logged model, version or artifact that isn't there or that the caller may not read.</exception>
    public async Task<string> ResolveAsync(string source, string? runId, bool mayBePlaceholder, Caller caller, CancellationToken cancel)
    {
        if (ArtifactUri.FaultOf(source) is { } fault)
        {
            throw Invalid(source, fault);
        }

        if (NamesRecord(source))
        {
            return await OfRecordAsync(ModelUri.Parse(source), caller, cancel);
        }

        if (ArtifactUri.TryServe(source) is { } path)
        {
            await access.RequireAsync(caller, ObjectKinds.Artifact.Of(path.Value), PermissionLevel.CanRead, cancel);
            return source;
        }

        return mayBePlaceholder || ArtifactUri.SchemeOf(source) is not null ? source : await OfLocalPathAsync(source, runId, cancel);
    }

    private static bool NamesRecord(string source) =>
        source.StartsWith("runs:", StringComparison.OrdinalIgnoreCase) || source.StartsWith("models:", StringComparison.OrdinalIgnoreCase);

    private async Task<string> OfRecordAsync(ModelUri source, Caller caller, CancellationToken cancel) => source switch
    {
        ModelUri.OfRun run => ArtifactUri.Append((await RunAsync(run.RunId, caller, cancel)).Info.ArtifactUri!, run.Path),
        ModelUri.OfLoggedModel model => (await LoggedModelAsync(model.ModelId, caller, cancel)).Info.ArtifactUri!,
        ModelUri.OfVersion version => await OfVersionAsync(version.Name, version.Number, caller, cancel),
        // Aliases, stages and 'latest' move on, while a version's files stay.
        _ => throw Invalid(source.Text, "write 'runs:/<run id>/<path>', 'models:/<model id>' or 'models:/<name>/<version>'."),
    };

    private async Task<Run> RunAsync(string runId, Caller caller, CancellationToken cancel)
    {
        await access.RequireAsync(caller, ObjectKinds.Run.Of(IdRules.Run(runId, "source")), PermissionLevel.CanRead, cancel);
        return await runs.GetRunAsync(runId, cancel) ?? throw RunService.RunNotFound(runId);
    }

    private async Task<LoggedModel> LoggedModelAsync(string modelId, Caller caller, CancellationToken cancel)
    {
        await access.RequireAsync(caller, ObjectKinds.LoggedModel.Of(IdRules.LoggedModel(modelId, "source")), PermissionLevel.CanRead, cancel);
        return await loggedModels.GetAsync(modelId, cancel) ?? throw ObjectKinds.LoggedModel.Of(modelId).Missing();
    }

    private async Task<string> OfVersionAsync(string name, string number, Caller caller, CancellationToken cancel)
    {
        await access.RequireAsync(caller, ObjectKinds.Model.Of(RegistryRules.Name(name, "source")), PermissionLevel.CanRead, cancel);
        return await registry.GetDownloadUriAsync(name, NumberRules.Version(number), cancel)
            ?? throw ProtocolException.NotFound($"Model Version (name={name}, version={number}) not found");
    }

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
