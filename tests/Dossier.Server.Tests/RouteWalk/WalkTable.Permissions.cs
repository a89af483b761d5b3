using static Dossier.Server.Tests.RouteWalk.May;

namespace Dossier.Server.Tests.RouteWalk;

internal static partial class WalkTable
{
    private static IEnumerable<Row> Permissions =>
    [
        // View who may what of what one may read; change it where one manages.
        .. OfObject("experiments", ReadExperiment, ManageExperiment, w => Task.FromResult(w.Experiment), async w => (await w.NewExperimentAsync()).Id),
        .. OfObject("directories", ReadFolder, ManageFolder, w => Task.FromResult(w.FolderId), w => w.NewFolderAsync()),
        .. OfObject("registered-models", ReadModel, ManageModel, w => w.IdOfModelAsync(Walk.Model), async w => await w.IdOfModelAsync(await w.NewModelAsync())),
        .. OfRoot("directories", "0"),
        .. OfRoot("registered-models", "root"),
        .. OfRoot("authorization", "tokens"),
        .. OfRoot("authorization", "passwords"),
        new("GET", "mlflow/databricks/registered-models/get", ReadModel, _ => new { name = Walk.Model }),

        // List folders: anyone. Create one: CAN_MANAGE on the one above.
        new("GET", "workspace/get-status", BeKnown, _ => new { path = Walk.Folder }),
        new("GET", "workspace/list", BeKnown, _ => new { path = Walk.Folder }),
        new("POST", "workspace/mkdirs", ManageFolder, w => new { path = w.NewName($"{Walk.Folder}/new/d") }),
        new("POST", "workspace/mkdirs", BeKnown, w => new { path = w.NewName("/Shared/") }),
        new("POST", "workspace/mkdirs", Administer, w => new { path = w.NewName("/") }),
    ];

    private static IEnumerable<Row> OfObject(string type, May read, May manage, Func<Walk, Task<string>> id, Func<Walk, Task<string>> newId) =>
    [
        new("GET", Object, read, async w => new { type, id = await id(w) }),
        new("GET", $"{Object}/permissionLevels", read, async w => new { type, id = await id(w) }),
        new("GET", $"{Object}/explain", read, async w => new { type, id = await id(w) }),
        new("GET", $"{Object}/explain", manage, async w => new { type, id = await id(w), user_name = "local" }),
        new("PATCH", Object, manage, async w => new { type, id = await id(w), access_control_list = Array.Empty<object>() }),
        new("PUT", Object, manage, async (w, me) => new
        {
            type, id = await newId(w), access_control_list = new[] { new { user_name = me.Name, permission_level = "CAN_MANAGE" } },
        }),
    ];

    private static IEnumerable<Row> OfRoot(string type, string id) =>
    [
        new("GET", Object, Administer, _ => new { type, id }),
        new("GET", $"{Object}/permissionLevels", Administer, _ => new { type, id }),
        new("GET", $"{Object}/explain", Administer, _ => new { type, id }),
        new("PATCH", Object, Administer, _ => new { type, id, access_control_list = Array.Empty<object>() }),
        new("PUT", Object, Administer, _ => new
        {
            type, id, access_control_list = new object[]
            {
                new { group_name = "admins", permission_level = "CAN_MANAGE" },
                new { group_name = "users", permission_level = Held(type, id) },
            },
        }),
    ];

    // What everybody has from the start.
    private static string Held(string type, string id) => (type, id) switch
    {
        ("registered-models", _) => "CAN_CREATE_REGISTERED_MODEL",
        ("authorization", _) => "CAN_USE",
        _ => "NO_PERMISSIONS",
    };

    private const string Object = "permissions/{type}/{id}";
}
