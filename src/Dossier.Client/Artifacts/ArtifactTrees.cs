using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Artifacts that the server stores or passes through: <c>mlflow-artifacts:/root</c>.</summary>
internal sealed class ProxiedArtifacts(Api api, string root) : IArtifactTree
{
    private const string Base = "api/2.0/mlflow-artifacts/artifacts";

    public string ListRoute(string path, string? pageToken) =>
        Base + new Query().Add("path", ArtifactNames.Join(root, path)).Add("page_token", pageToken);

    public Task<ArtifactSource> SourceAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult(ArtifactSource.At(api, WriteRoute(path)));

    public string WriteRoute(string path) => $"{Base}/{ArtifactNames.Encode(ArtifactNames.Join(root, path))}";
}

/// <summary>A run's artifacts in a store that only the server can reach: listed and read by run, not written.</summary>
internal sealed class RunArtifacts(Api api, string runId, string scheme) : IArtifactTree
{
    public static string ListRouteOf(string runId, string path, string? pageToken) => Api.Mlflow + "artifacts/list" + new Query()
        .Add("run_id", runId).Add("run_uuid", runId).Add("path", path.Length == 0 ? null : path).Add("page_token", pageToken);

    public string ListRoute(string path, string? pageToken) => ListRouteOf(runId, path, pageToken);

    public Task<ArtifactSource> SourceAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult(ArtifactSource.At(api, "get-artifact" + new Query().Add("run_id", runId).Add("run_uuid", runId).Add("path", path)));

    public string WriteRoute(string path) => throw new ProtocolException(
        ErrorCode.NotImplemented,
        $"The artifacts of run {runId} are at '{scheme}:', which this client cannot write to: only artifacts that the server proxies ('mlflow-artifacts:') can be written.");
}

/// <summary>A run's artifacts in a Databricks workspace: listed by run, read by signed URLs, not written.</summary>
internal sealed class DatabricksRunArtifacts(Api api, string runId) : IArtifactTree
{
    public string ListRoute(string path, string? pageToken) => RunArtifacts.ListRouteOf(runId, path, pageToken);

    public async Task<ArtifactSource> SourceAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await api.SendAsync<CredentialsForRead, CredentialsAnswer>(
            HttpMethod.Post, "artifacts/credentials-for-read", new(runId, [path]), Repeat.Safe, cancellationToken);
        return ArtifactSource.At(answer.CredentialInfos is [{ Address.Length: > 0 } signed]
            ? signed
            : throw new ProtocolException(ErrorCode.PermissionDenied, $"The workspace returned no URL to read artifact '{path}' of run {runId}."));
    }

    public string WriteRoute(string path) =>
        throw new ProtocolException(ErrorCode.NotImplemented, "Writing artifacts to a Databricks workspace is not supported.");
}

/// <summary>The files of a version in the registry of a Databricks workspace: listed by version, read by signed URLs, not written.</summary>
internal sealed class DatabricksVersionArtifacts(Api api, string name, string version) : IArtifactTree
{
    public string ListRoute(string path, string? pageToken) =>
        Api.Mlflow + "model-versions/list-artifacts" + Key().Add("path", path).Add("page_token", pageToken);

    public async Task<ArtifactSource> SourceAsync(string path, CancellationToken cancellationToken)
    {
        var signed = await api.GetAsync<SignedUri>("model-versions/get-signed-download-uri", Key().Add("path", path), cancellationToken);
        return ArtifactSource.At(signed.Address is { Length: > 0 }
            ? signed
            : throw new ProtocolException(ErrorCode.PermissionDenied, $"The workspace returned no URL to read '{path}' of version {version} of '{name}'."));
    }

    public string WriteRoute(string path) => throw new ProtocolException(ErrorCode.NotImplemented, "The files of a model version cannot be changed.");

    private Query Key() => new Query().Add("name", name).Add("version", version);
}
