using Dossier.Core.LoggedModels;
using Dossier.Core.Registry;
using Dossier.Core.Tracking;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Artifacts;

/// <summary>Artifacts by what they belong to: a run, a logged model, a model version. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="runs">Reads runs.</param>
/// <param name="loggedModels">Reads logged models.</param>
/// <param name="versions">Reads model versions.</param>
/// <param name="artifacts">Where the bytes are.</param>
public sealed class ArtifactService(
    RunService runs, LoggedModelService loggedModels, ModelVersionService versions, IArtifactStore artifacts)
{
    /// <summary>What lies directly in a folder of a run (either id will do), with paths relative to the run's artifact root.</summary>
    public async Task<ArtifactsAnswer> ListOfRunAsync(string? runId, string? runUuid, string? path, CancellationToken cancel) =>
        await ListAsync((await runs.GetAsync(runId, runUuid, cancel)).Info.ArtifactUri, path, cancel);

    /// <summary>What lies directly in a folder of a logged model, with paths relative to its artifact root.</summary>
    public async Task<ArtifactsAnswer> ListOfLoggedModelAsync(string? modelId, string? path, CancellationToken cancel) =>
        await ListAsync((await loggedModels.GetAsync(modelId, cancel)).Info.ArtifactUri, path, cancel);

    /// <summary>Opens a file of a run.</summary>
    public async Task<ArtifactContent> OpenOfRunAsync(string? runId, string? runUuid, string? path, CancellationToken cancel) =>
        await OpenAsync((await runs.GetAsync(runId, runUuid, cancel)).Info.ArtifactUri, path, cancel);

    /// <summary>Opens a file of a logged model.</summary>
    public async Task<ArtifactContent> OpenOfLoggedModelAsync(string? modelId, string? path, CancellationToken cancel) =>
        await OpenAsync((await loggedModels.GetAsync(modelId, cancel)).Info.ArtifactUri, path, cancel);

    /// <summary>Opens a file of a model version.</summary>
    public async Task<ArtifactContent> OpenOfVersionAsync(string? name, string? version, string? path, CancellationToken cancel) =>
        await OpenAsync(await versions.GetDownloadUriAsync(name, version, cancel), path, cancel);

    private async Task<ArtifactsAnswer> ListAsync(string? rootUri, string? path, CancellationToken cancel)
    {
        var folder = ArtifactPath.Parse(path);
        var files = await artifacts.ListAsync(Served(rootUri).Append(folder.Value), cancel);
        return new ArtifactsAnswer(
            rootUri,
            folder.Value.Length == 0 ? files : [.. files.Select(file => file with { Path = $"{folder}/{file.Path}" })]);
    }

    private async Task<ArtifactContent> OpenAsync(string? rootUri, string? path, CancellationToken cancel)
    {
        var file = ArtifactPath.Parse(TextRules.Required(path, "path", Limits.Uri));
        return await artifacts.OpenAsync(Served(rootUri).Append(file.Value), cancel)
            ?? throw ProtocolException.NotFound($"No artifact file '{file}' below {Redaction.Of(rootUri!)}.");
    }

    private static ArtifactPath Served(string? uri) => ArtifactUri.TryServe(uri) ?? throw ProtocolException.Invalid(
        $"The artifacts lie at '{Redaction.Of(uri ?? "")}', which this server doesn't serve: read them from there.");
}
