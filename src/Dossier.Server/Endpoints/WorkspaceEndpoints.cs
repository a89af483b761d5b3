using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Folders by path: <c>/workspace/…</c>. Their names are no secret; of the experiments in them, callers see those they may read.</summary>
internal static class WorkspaceEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<MakeDirectory>("workspace/mkdirs", new(Need.FolderManage, m => On.FolderAt(m.Path)), MakeDirectoryAsync);
        routes.Get("workspace/get-status", Need.ReadableOnly, GetStatusAsync);
        routes.Get("workspace/list", Need.ReadableOnly, ListAsync);
    }

    private static Task MakeDirectoryAsync(Call call, MakeDirectory message) =>
        call.Services.Workspace.MakeDirectoryAsync(message, call.Caller, call.Cancel);

    private static Task<WorkspaceObject> GetStatusAsync(Call call) =>
        call.Services.Workspace.GetAsync(call.Query.Text("path"), call.Caller, call.Cancel);

    private static Task<WorkspaceObjects> ListAsync(Call call) =>
        call.Services.Workspace.ListAsync(call.Query.Text("path"), call.Caller, call.Cancel);
}
