using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Artifacts of runs, model versions and logged models: listing, reading and deleting here, whole files and folders in
/// <c>ArtifactsClient.Download.cs</c> and <c>ArtifactsClient.Upload.cs</c>. Bytes are streamed, never held whole in memory.
/// </summary>
/// <remarks>
/// A location is a path in a run or a model version, or a URI: <c>mlflow-artifacts:/…</c>, <c>runs:/RUN/path</c>, <c>models:/NAME/VERSION</c>,
/// <c>models:/m-…</c>; on Databricks also <c>dbfs:/databricks/mlflow-tracking/…</c>. Where the server does not proxy artifacts, and on Databricks,
/// they can be listed and read but not written. Calls throw <see cref="ProtocolException"/>: <c>RESOURCE_DOES_NOT_EXIST</c> where nothing
/// is there, <c>NOT_IMPLEMENTED</c> for places that can't be reached, <c>INVALID_PARAMETER_VALUE</c> for paths that would leave their root.
/// </remarks>
public sealed partial class ArtifactsClient
{
    private const int MaxDepth = 64;
    private const int ParallelFiles = 4;
    private const long MaxListingBytes = 64L << 20;

    private readonly Api _api;
    private readonly ArtifactResolver _resolver;

    internal ArtifactsClient(Api api, ArtifactResolver resolver) => (_api, _resolver) = (api, resolver);

    /// <summary>The files and folders directly in a folder; their paths are relative to it. An absent folder has none.</summary>
    public IAsyncEnumerable<ArtifactFile> ListAsync(ArtifactLocation folder, CancellationToken cancellationToken = default) =>
        Paging.AllAsync<ArtifactFile>(
            async (token, stop) =>
            {
                var page = Parse(await ListPageAsync(folder, token, stop));
                return (page?.Files?.Select(file => file with { Path = ArtifactNames.OfListed(file.Path) }).ToList(), page?.NextPageToken);
            },
            null,
            cancellationToken);

    /// <summary>All files below a folder, at any depth; their paths are relative to it.</summary>
    public IAsyncEnumerable<ArtifactFile> ListRecursivelyAsync(ArtifactLocation folder, CancellationToken cancellationToken = default) =>
        ListBelowAsync(folder, "", MaxDepth, cancellationToken);

    /// <summary>Opens a file for reading from its start; dispose the stream. What breaks off while reading is not repeated.</summary>
    public async Task<Stream> OpenReadAsync(ArtifactLocation file, CancellationToken cancellationToken = default)
    {
        var (tree, path) = await _resolver.ResolveAsync(file, cancellationToken);
        var source = await tree.SourceAsync(path, cancellationToken);
        return await _api.Transport.OpenAsync(_ => source.Request(), cancellationToken);
    }

    /// <summary>Deletes a file, or a folder with all that is in it.</summary>
    public async Task DeleteAsync(ArtifactLocation location, CancellationToken cancellationToken = default)
    {
        var (tree, path) = await _resolver.ResolveAsync(location, cancellationToken);
        var route = tree.WriteRoute(path);
        await _api.Transport.SendAsync(
            _ => _api.Request(HttpMethod.Delete, route), Repeat.OnlyIfNothingHappened, static (_, _) => Task.FromResult(true), cancellationToken);
    }

    /// <summary>The URI of a location in a run, as the server names it, e.g. <c>mlflow-artifacts:/1/RUN/artifacts/model</c>.</summary>
    public async Task<string> GetUriAsync(ArtifactLocation.InRun location, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(location);
        return ArtifactNames.Join((await _resolver.UriOfRunAsync(location.RunId, cancellationToken)).TrimEnd('/'), location.Path);
    }

    /// <summary>One page of a listing, as the server wrote it; <c>{}</c> for an absent folder.</summary>
    internal async Task<string> ListPageAsync(ArtifactLocation folder, string? pageToken, CancellationToken cancellationToken)
    {
        var (tree, path) = await _resolver.ResolveAsync(folder, cancellationToken);
        try
        {
            return await _api.Transport.SendAsync(
                _ => _api.Request(HttpMethod.Get, tree.ListRoute(path, pageToken)),
                Repeat.Safe,
                static async (response, attempt) => Encoding.UTF8.GetString(await Api.JsonBytesAsync(response, attempt, MaxListingBytes)),
                cancellationToken);
        }
        catch (ProtocolException e) when (tree is ProxiedArtifacts && e.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            return "{}";
        }
    }

    private static ArtifactsAnswer? Parse(string listing)
    {
        try
        {
            return JsonSerializer.Deserialize(listing, WireJson.TypeInfo<ArtifactsAnswer>());
        }
        catch (JsonException e)
        {
            throw new ProtocolException(ErrorCode.BadRequest, $"The artifact listing has an unexpected form ({e.Message}).", e);
        }
    }

    private async IAsyncEnumerable<ArtifactFile> ListBelowAsync(
        ArtifactLocation folder, string below, int depth, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (depth == 0)
        {
            throw ProtocolException.Invalid($"The artifact folders are nested deeper than {MaxDepth}.");
        }

        await foreach (var entry in ListAsync(folder, cancellationToken))
        {
            var path = ArtifactNames.Join(below, entry.Path);
            if (!entry.IsDir)
            {
                yield return entry with { Path = path };
                continue;
            }

            await foreach (var file in ListBelowAsync(folder.Child(entry.Path), path, depth - 1, cancellationToken))
            {
                yield return file;
            }
        }
    }
}
