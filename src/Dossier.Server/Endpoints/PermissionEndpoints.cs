using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Who may do what with an object: <c>/permissions/{type}/{id}</c>.</summary>
internal static class PermissionEndpoints
{
    private const string Object = "permissions/{type}/{id}";

    public static void Map(Routes routes)
    {
        routes.Get(Object, new(Need.ObjectRead, Targets), GetAsync);
        routes.Get($"{Object}/permissionLevels", new(Need.ObjectRead, Targets), GetLevelsAsync);
        routes.Put<ChangePermissions, ObjectPermissions>(Object, new(Need.ObjectManage, (_, call) => Targets(call)), ReplaceAsync);
        routes.Patch<ChangePermissions, ObjectPermissions>(Object, new(Need.ObjectManage, (_, call) => Targets(call)), UpdateAsync);
        routes.Get($"{Object}/explain", new(Need.ObjectRead, Targets), ExplainAsync);
    }

    private static AccessObject Target(Call call) => ObjectKinds.Typed(call.Route("type"), call.Route("id"));

    private static IReadOnlyList<AccessObject> Targets(Call call) => [Target(call)];

    private static Task<ObjectPermissions> GetAsync(Call call) => call.Services.Permissions.GetAsync(Target(call), call.Cancel);

    private static Task<PermissionLevelsAnswer> GetLevelsAsync(Call call) =>
        call.Services.Permissions.GetLevelsAsync(Target(call), call.Caller, call.Cancel);

    private static Task<ObjectPermissions> ReplaceAsync(Call call, ChangePermissions message) =>
        call.Services.Permissions.ReplaceAsync(Target(call), message, call.Caller, call.Cancel);

    private static Task<ObjectPermissions> UpdateAsync(Call call, ChangePermissions message) =>
        call.Services.Permissions.UpdateAsync(Target(call), message, call.Caller, call.Cancel);

    private static Task<PermissionExplanation> ExplainAsync(Call call)
    {
        var query = call.Query;
        return call.Services.Permissions.ExplainAsync(
            Target(call), query.Text("user_name"), query.Text("service_principal_name"), query.Text("permission_level"), call.Caller, call.Cancel);
    }
}
