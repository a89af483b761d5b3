using Dossier.Protocol;
using Dossier.Protocol.Scim;

namespace Dossier.Client;

/// <summary>
/// Calls about users (Dossier and Databricks servers), for administrators. Every call throws <see cref="ProtocolException"/> when the server refuses or
/// can't be reached.
/// </summary>
public sealed class UsersClient
{
    private readonly ScimApi<ScimUser> _api;

    internal UsersClient(Api api) => _api = new(api, "Users");

    /// <summary>All users that match.</summary>
    /// <param name="filter">A SCIM filter, e.g. <c>userName sw "ann" and active eq true</c>; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public IAsyncEnumerable<ScimUser> ListAsync(string? filter = null, CancellationToken cancellationToken = default) => _api.ListAsync(filter, null, cancellationToken);

    /// <summary>The user of this id.</summary>
    public Task<ScimUser> GetAsync(string id, CancellationToken cancellationToken = default) => _api.GetAsync(id, cancellationToken);

    /// <summary>The user of this name, in any case; null if it does not exist.</summary>
    public Task<ScimUser?> FindAsync(string userName, CancellationToken cancellationToken = default) => _api.FindAsync("userName", userName, cancellationToken);

    /// <summary>Creates a user, who can then be given a password or token, or sign in at the identity provider.</summary>
    public Task<ScimUser> CreateAsync(ScimUser user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        return _api.CreateAsync(user with { Schemas = user.Schemas ?? [ScimSchema.User] }, cancellationToken);
    }

    /// <summary>Locks a user out at once, or lets the user in again.</summary>
    public Task SetActiveAsync(string id, bool active, CancellationToken cancellationToken = default) => _api.SetActiveAsync(id, active, cancellationToken);

    /// <summary>Deletes a user, with memberships, grants, password and tokens.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _api.DeleteAsync(id, cancellationToken);
}
