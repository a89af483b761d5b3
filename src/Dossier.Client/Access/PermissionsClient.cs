using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Calls about permissions on objects (Dossier and Databricks servers). An object is named as in the API's paths: <c>experiments/12</c>,
/// <c>registered-models/4e3ac9ee6e464efd88270d84dfd54c12</c> (the id that <see cref="RegisteredModelsClient.GetDatabricksAsync"/> returns, not the name),
/// <c>registered-models/root</c>, <c>directories/7</c> (0 is the root), <c>authorization/tokens</c>, <c>authorization/passwords</c>.
/// Every call throws <see cref="ProtocolException"/> when the server refuses or can't be reached.
/// </summary>
public sealed class PermissionsClient
{
    private readonly Api _api;

    internal PermissionsClient(Api api) => _api = api;

    /// <summary>All grants on an object, direct and inherited.</summary>
    public Task<ObjectPermissions> GetAsync(string target, CancellationToken cancellationToken = default) =>
        _api.GetAsync<ObjectPermissions>(Path(target), new Query(), cancellationToken);

    /// <summary>The levels that can be granted on an object, lowest first.</summary>
    public async Task<IReadOnlyList<PermissionLevelInfo>> GetLevelsAsync(string target, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<PermissionLevelsAnswer>(Path(target) + "/permissionLevels", new Query(), cancellationToken)).PermissionLevels;

    /// <summary>Replaces all direct grants; none at all takes all away.</summary>
    public Task<ObjectPermissions> ReplaceAsync(
        string target, IReadOnlyList<AccessControlRequest> grants, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, target, grants, cancellationToken);

    /// <summary>Adds or changes the direct grants of these principals; others stay. On a Dossier server the level <c>NO_PERMISSIONS</c> takes one away.</summary>
    public Task<ObjectPermissions> UpdateAsync(
        string target, IReadOnlyList<AccessControlRequest> grants, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Patch, target, grants, cancellationToken);

    /// <summary>By which grants somebody may do what (Dossier servers alone). To ask about others takes CAN_MANAGE on the object.</summary>
    /// <param name="target">The object.</param>
    /// <param name="userName">A user; null, and no service principal either: the caller.</param>
    /// <param name="servicePrincipalName">Or a service principal's application id.</param>
    /// <param name="permissionLevel">A level to check for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<PermissionExplanation> ExplainAsync(
        string target, string? userName = null, string? servicePrincipalName = null, string? permissionLevel = null, CancellationToken cancellationToken = default) =>
        _api.GetAsync<PermissionExplanation>(
            Path(target) + "/explain",
            new Query().Add("user_name", userName).Add("service_principal_name", servicePrincipalName).Add("permission_level", permissionLevel),
            cancellationToken);

    private Task<ObjectPermissions> SendAsync(
        HttpMethod method, string target, IReadOnlyList<AccessControlRequest> grants, CancellationToken cancellationToken) =>
        _api.SendAsync<ChangePermissions, ObjectPermissions>(method, Path(target), new(grants), Repeat.Safe, cancellationToken);

    private static string Path(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return "/api/2.0/permissions/" + string.Join('/', target.Split('/').Select(Uri.EscapeDataString));
    }
}
