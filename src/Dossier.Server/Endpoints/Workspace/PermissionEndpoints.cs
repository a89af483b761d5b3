using Dossier.Core.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Workspace;

/// <summary>Who may do what with an object: <c>/permissions/{type}/{id}</c>.</summary>
internal static class PermissionEndpoints
{
    public static void Map(Routes routes)
    {
        const string One = "permissions/{type}/{id}";
        var permissions = routes.Domain.Permissions;
        routes.Get(One, PermissionService.MayGet, permissions.GetAsync);
        routes.Get($"{One}/permissionLevels", PermissionService.MayGet, permissions.GetLevelsAsync);
        routes.Put(One, PermissionService.MayChange, permissions.ReplaceAsync, bind: static (m, call) => m with { Type = call.Route("type"), Id = call.Route("id") });
        routes.Patch(One, PermissionService.MayChange, permissions.UpdateAsync, bind: static (m, call) => m with { Type = call.Route("type"), Id = call.Route("id") });
        routes.Get($"{One}/explain", PermissionService.MayExplain, permissions.ExplainAsync);
    }
}
