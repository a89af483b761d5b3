using System.Text.Json;
using Dossier.Protocol.Scim;

namespace Dossier.Client;

/// <summary>One type of SCIM resource: lists, reads and changes it.</summary>
/// <param name="api">The server.</param>
/// <param name="path">The resource's part of the path, e.g. <c>Users</c>.</param>
internal sealed class ScimApi<T>(Api api, string path)
{
    private const string Root = "/api/2.0/preview/scim/v2/";
    private const int PageSize = 500;

    /// <summary>All that match, a page at a time.</summary>
    public async IAsyncEnumerable<T> ListAsync(
        string? filter, string? excluded, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long next = 1, total = 1; next <= total;)
        {
            var query = new Query().Add("filter", filter).Add("excludedAttributes", excluded).Add("startIndex", next).Add("count", PageSize);
            var page = await api.GetAsync<ScimList<T>>(Root + path, query, cancellationToken);
            foreach (var resource in page.Resources ?? [])
            {
                yield return resource;
            }

            // Who leaves meanwhile makes the total smaller, never a page without an end.
            (next, total) = (next + Math.Max(1, page.Resources?.Count ?? 0), page.Resources is { Count: > 0 } ? page.TotalResults : 0);
        }
    }

    /// <summary>The only one whose attribute has this value; null if there is none.</summary>
    public async Task<T?> FindAsync(string attribute, string value, CancellationToken cancellationToken)
    {
        var query = new Query().Add("filter", $"{attribute} eq \"{JsonEncodedText.Encode(value)}\"").Add("count", 1);
        var page = await api.GetAsync<ScimList<T>>(Root + path, query, cancellationToken);
        return page.Resources is [var found, ..] ? found : default;
    }

    public Task<T> GetAsync(string id, CancellationToken cancellationToken) => api.GetAsync<T>(One(id), new Query(), cancellationToken);

    public Task<T> CreateAsync(T resource, CancellationToken cancellationToken) =>
        api.SendAsync<T, T>(HttpMethod.Post, Root + path, resource, Repeat.OnlyIfNothingHappened, cancellationToken);

    public Task PatchAsync(string id, IEnumerable<ScimOperation> operations, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Patch, One(id), new ScimPatch([ScimSchema.Patch], [.. operations]), Repeat.Safe, cancellationToken);

    public Task SetActiveAsync(string id, bool active, CancellationToken cancellationToken) =>
        PatchAsync(id, [new("replace", "active", JsonElement.Parse(active ? "true" : "false"))], cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => api.Transport.SendAsync(
        _ => api.Request(HttpMethod.Delete, One(id)[1..]), Repeat.OnlyIfNothingHappened, static (_, _) => Task.FromResult(true), cancellationToken);

    private string One(string id) => $"{Root}{path}/{Uri.EscapeDataString(id)}";
}
