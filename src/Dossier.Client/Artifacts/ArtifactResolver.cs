using System.Collections.Concurrent;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Finds the tree that a location is in, asking the server where that is not said by the location itself.</summary>
internal sealed class ArtifactResolver(Api api)
{
    private const int MaxKnownRuns = 10_000;
    private const int MaxIndirections = 4;

    // A run's artifact URI never changes.
    private readonly ConcurrentDictionary<string, string> _runUris = new();

    public async Task<(IArtifactTree Tree, string Path)> ResolveAsync(ArtifactLocation location, CancellationToken cancellationToken)
    {
        var (tree, path) = location switch
        {
            ArtifactLocation.InRun run => (await OfRunAsync(run.RunId, run.ArtifactUri, cancellationToken), run.Path),
            ArtifactLocation.InVersion version => await OfVersionAsync(version.Name, version.Version, version.Path, MaxIndirections, cancellationToken),
            ArtifactLocation.AtUri at => await OfUriAsync(at.Uri, MaxIndirections, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(location)),
        };
        path = path.Trim('/');
        ArtifactNames.Segments(path);
        return (tree, path);
    }

    /// <summary>The artifact URI of a run.</summary>
    public async Task<string> UriOfRunAsync(string runId, CancellationToken cancellationToken)
    {
        if (_runUris.TryGetValue(runId, out var known))
        {
            return known;
        }

        var run = (await api.GetAsync<RunAnswer>("runs/get", new Query().Add("run_id", runId).Add("run_uuid", runId), cancellationToken)).Run;
        Learn(run.Info with { RunId = runId });
        return run.Info.ArtifactUri ?? throw ProtocolException.NotFound($"Run {runId} has no artifact URI.");
    }

    /// <summary>Remembers where a run's artifacts are, which saves asking for it.</summary>
    public void Learn(RunInfo run)
    {
        if (run.ArtifactUri is not { Length: > 0 } uri)
        {
            return;
        }

        if (_runUris.Count >= MaxKnownRuns)
        {
            _runUris.Clear();
        }

        _runUris[run.RunId] = uri;
    }

    private async Task<IArtifactTree> OfRunAsync(string runId, string? knownUri, CancellationToken cancellationToken)
    {
        if (api.Options.IsDatabricks)
        {
            return new DatabricksRunArtifacts(api, runId);
        }

        var uri = knownUri ?? await UriOfRunAsync(runId, cancellationToken);
        return SchemeOf(uri) == "mlflow-artifacts"
            ? new ProxiedArtifacts(api, ProxiedPath(uri))
            : new RunArtifacts(api, runId, SchemeOf(uri));
    }

    private async Task<(IArtifactTree Tree, string Path)> OfUriAsync(string uri, int indirections, CancellationToken cancellationToken)
    {
        if (indirections == 0)
        {
            throw ProtocolException.Invalid("The artifact URI refers to another one too many times.");
        }

        var scheme = SchemeOf(uri);
        var parts = uri[Math.Min(uri.Length, scheme.Length + 1)..].Trim('/').Split('/');
        switch (scheme)
        {
            case "mlflow-artifacts":
                return (new ProxiedArtifacts(api, ""), ProxiedPath(uri));
            case "runs" when parts[0].Length > 0:
                return (await OfRunAsync(parts[0], null, cancellationToken), Rest(parts, 1));
            case "models" when parts[0].StartsWith("m-", StringComparison.Ordinal):
                var model = await api.GetAsync<LoggedModelAnswer>("logged-models/" + Uri.EscapeDataString(parts[0]), new Query(), cancellationToken);
                return await OfUriAsync(
                    ArtifactNames.Join(model.Model.Info.ArtifactUri?.TrimEnd('/') ?? "", Rest(parts, 1)), indirections - 1, cancellationToken);
            case "models" when parts.Length >= 2 && parts[1].All(char.IsAsciiDigit):
                return await OfVersionAsync(Uri.UnescapeDataString(parts[0]), parts[1], Rest(parts, 2), indirections, cancellationToken);
            // dbfs:/databricks/mlflow-tracking/EXPERIMENT/RUN/artifacts/…, in older workspaces dbfs:/databricks/mlflow/EXPERIMENT/RUN/artifacts/…
            case "dbfs" when api.Options.IsDatabricks && parts is ["databricks", "mlflow-tracking" or "mlflow", _, var run, "artifacts", ..]:
                return (new DatabricksRunArtifacts(api, run), Rest(parts, 5));
            default:
                throw new ProtocolException(
                    ErrorCode.NotImplemented, $"Artifacts at '{scheme}:' cannot be read by URI: use the run or the model version that they belong to.");
        }
    }

    private async Task<(IArtifactTree Tree, string Path)> OfVersionAsync(
        string name, string version, string path, int indirections, CancellationToken cancellationToken)
    {
        if (api.Options.IsDatabricks)
        {
            return (new DatabricksVersionArtifacts(api, name, version), path);
        }

        var uri = (await api.GetAsync<DownloadUriAnswer>(
            "model-versions/get-download-uri", new Query().Add("name", name).Add("version", version), cancellationToken)).ArtifactUri;
        return await OfUriAsync(ArtifactNames.Join(uri.TrimEnd('/'), path), indirections - 1, cancellationToken);
    }

    private static string SchemeOf(string uri) => uri.IndexOf(':', StringComparison.Ordinal) is > 1 and var at ? uri[..at] : "file";

    private string ProxiedPath(string uri)
    {
        var path = uri["mlflow-artifacts:".Length..];
        if (!path.StartsWith("//", StringComparison.Ordinal) || path.StartsWith("///", StringComparison.Ordinal))
        {
            return path.Trim('/');
        }

        // mlflow-artifacts://host/path: our credentials go to our server only.
        var parts = path[2..].Split('/', 2);
        return parts[0] == api.Options.Host.Authority
            ? parts.ElementAtOrDefault(1)?.Trim('/') ?? ""
            : throw new ProtocolException(ErrorCode.NotImplemented, $"The artifacts are on another server, '{parts[0]}': use a client of that server.");
    }

    private static string Rest(string[] parts, int from) => string.Join('/', parts.Skip(from));
}
