using System.Text.Json;
using Dossier.Protocol;
using Dossier.Protocol.Scim;

namespace Dossier.Client;

/// <summary>
/// Calls about groups (Dossier and Databricks servers), for administrators. Every call throws <see cref="ProtocolException"/> when the server refuses or
/// can't be reached.
/// </summary>
public sealed class GroupsClient
{
    private readonly ScimApi<ScimGroup> _api;

    internal GroupsClient(Api api) => _api = new(api, "Groups");

    /// <summary>All groups that match, without their members.</summary>
    /// <param name="filter">A SCIM filter, e.g. <c>displayName co "vision"</c>; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public IAsyncEnumerable<ScimGroup> ListAsync(string? filter = null, CancellationToken cancellationToken = default) => _api.ListAsync(filter, "members", cancellationToken);

    /// <summary>The group of this id, with its members.</summary>
    public Task<ScimGroup> GetAsync(string id, CancellationToken cancellationToken = default) => _api.GetAsync(id, cancellationToken);

    /// <summary>The group of this name, in any case; null if it does not exist.</summary>
    public Task<ScimGroup?> FindAsync(string displayName, CancellationToken cancellationToken = default) => _api.FindAsync("displayName", displayName, cancellationToken);

    /// <summary>Creates a group, with members if it names some.</summary>
    public Task<ScimGroup> CreateAsync(ScimGroup group, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        return _api.CreateAsync(group with { Schemas = group.Schemas ?? [ScimSchema.Group] }, cancellationToken);
    }

    /// <summary>Adds members: users, service principals or groups, by id; existing members are skipped.</summary>
    public Task AddMembersAsync(string id, IEnumerable<string> memberIds, CancellationToken cancellationToken = default)
    {
        var members = string.Join(',', memberIds.Select(member => $$"""{"value":"{{JsonEncodedText.Encode(member)}}"}"""));
        return _api.PatchAsync(id, [new("add", "members", JsonElement.Parse($"[{members}]"))], cancellationToken);
    }

    /// <summary>Removes members, by id; others are skipped.</summary>
    public Task RemoveMembersAsync(string id, IEnumerable<string> memberIds, CancellationToken cancellationToken = default) =>
        _api.PatchAsync(id, memberIds.Select(member => new ScimOperation("remove", $"members[value eq \"{member}\"]", null)), cancellationToken);

    /// <summary>Deletes a group, with its grants; its members stay.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _api.DeleteAsync(id, cancellationToken);
}
