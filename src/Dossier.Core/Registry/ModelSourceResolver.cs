using System.Globalization;
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
    private const string RunsScheme = "runs:/";
    private const string ModelsScheme = "models:/";
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

        if (source.StartsWith(RunsScheme, StringComparison.Ordinal))
        {
            return await OfRunAsync(source, cancel);
        }

        if (source.StartsWith(ModelsScheme, StringComparison.Ordinal))
        {
            return await OfModelAsync(source, cancel);
        }

        if (ArtifactUri.SchemeOf(source) is not null)
        {
            _ = ArtifactUri.TryServe(source);
            return source;
        }

        return await OfLocalPathAsync(source, runId, cancel);
    }

    private async Task<string> OfRunAsync(string source, CancellationToken cancel)
    {
        var (runId, path) = Split(source[RunsScheme.Length..]);
        if (runId.Length == 0)
        {
            throw Invalid(source, "write 'runs:/<run id>/<path>'.");
        }

        var run = await runs.GetRunAsync(IdRules.Run(runId, "source"), cancel) ?? throw RunService.RunNotFound(runId);
        return ArtifactUri.Append(run.Info.ArtifactUri!, path);
    }

    private async Task<string> OfModelAsync(string source, CancellationToken cancel)
    {
        var (name, rest) = Split(source[ModelsScheme.Length..]);
        if (name.StartsWith("m-", StringComparison.Ordinal) && await loggedModels.GetAsync(IdRules.LoggedModel(name, "source"), cancel) is { } model)
        {
            return ArtifactUri.Append(model.Info.ArtifactUri!, rest);
        }

        if (rest.Length == 0)
        {
            return await OfAliasAsync(source, name, cancel);
        }

        var (number, path) = Split(rest);
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            throw InvalidModelUri(source);
        }

        return await registry.GetDownloadUriAsync(RegistryRules.Name(name, "source"), version, cancel) is { } uri
            ? ArtifactUri.Append(uri, path)
            : throw ProtocolException.NotFound($"Model Version (name={name}, version={version}) not found");
    }

    private async Task<string> OfAliasAsync(string source, string nameAndAlias, CancellationToken cancel)
    {
        var at = nameAndAlias.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at == nameAndAlias.Length - 1)
        {
            throw nameAndAlias.StartsWith("m-", StringComparison.Ordinal)
                ? ProtocolException.NotFound($"Logged model with ID '{nameAndAlias}' not found.")
                : InvalidModelUri(source);
        }

        var (name, alias) = (nameAndAlias[..at], nameAndAlias[(at + 1)..]);
        var version = await registry.GetVersionByAliasAsync(RegistryRules.Name(name, "source"), alias, cancel)
            ?? throw ProtocolException.Invalid($"Registered model alias {alias} not found.");
        return (await registry.GetDownloadUriAsync(name, NumberRules.Version(version.Version), cancel))!;
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

    private static (string Head, string Tail) Split(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..].TrimEnd('/'));
    }

    private static ProtocolException InvalidModelUri(string source) =>
        Invalid(source, "write 'models:/<model id>', 'models:/<name>/<version>' or 'models:/<name>@<alias>'.");

    private static ProtocolException Invalid(string source, string hint) =>
        ProtocolException.Invalid($"Invalid model version source: '{TextRules.Excerpt(source)}': {hint}");
}
