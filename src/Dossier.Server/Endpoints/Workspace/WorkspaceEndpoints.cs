using Dossier.Core.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Workspace;

/// <summary>Folders by path: <c>/workspace/…</c>. Their names are no secret; of the experiments in them, callers see those they may read.</summary>
internal static class WorkspaceEndpoints
{
    public static void Map(Routes routes)
    {
        var workspace = routes.Domain.Workspace;
        routes.Post("workspace/mkdirs", WorkspaceService.MayMakeDirectory, workspace.MakeDirectoryAsync);
        routes.Get("workspace/get-status", WorkspaceService.MayGet, workspace.GetAsync);
        routes.Get("workspace/list", WorkspaceService.MayList, workspace.ListAsync);
    }
}
