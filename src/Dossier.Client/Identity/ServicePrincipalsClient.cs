using Dossier.Protocol;
using Dossier.Protocol.Scim;

namespace Dossier.Client;

/// <summary>
/// Calls about service principals, which programs sign in as (Dossier and Databricks servers), for administrators. Every call throws
/// <see cref="ProtocolException"/> when the server refuses or can't be reached.
/// </summary>
public sealed class ServicePrincipalsClient
{
    private readonly ScimApi<ScimServicePrincipal> _api;

    internal ServicePrincipalsClient(Api api) => _api = new(api, "ServicePrincipals");

    /// <summary>All service principals that match.</summary>
    /// <param name="filter">A SCIM filter, e.g. <c>displayName sw "nightly"</c>; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public IAsyncEnumerable<ScimServicePrincipal> ListAsync(string? filter = null, CancellationToken cancellationToken = default) => _api.ListAsync(filter, null, cancellationToken);

    /// <summary>The service principal of this id.</summary>
    public Task<ScimServicePrincipal> GetAsync(string id, CancellationToken cancellationToken = default) => _api.GetAsync(id, cancellationToken);

    /// <summary>The service principal of this application id; null if it does not exist.</summary>
    public Task<ScimServicePrincipal?> FindAsync(string applicationId, CancellationToken cancellationToken = default) =>
        _api.FindAsync("applicationId", applicationId, cancellationToken);

    /// <summary>Creates a service principal; one without an application id is given one.</summary>
    public Task<ScimServicePrincipal> CreateAsync(ScimServicePrincipal program, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        return _api.CreateAsync(program with { Schemas = program.Schemas ?? [ScimSchema.ServicePrincipal] }, cancellationToken);
    }

    /// <summary>Stops its tokens from working at once, or lets them work again.</summary>
    public Task SetActiveAsync(string id, bool active, CancellationToken cancellationToken = default) => _api.SetActiveAsync(id, active, cancellationToken);

    /// <summary>Deletes a service principal, with memberships, grants, secrets and tokens.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _api.DeleteAsync(id, cancellationToken);
}
