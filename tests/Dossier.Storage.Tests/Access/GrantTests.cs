using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;
using static Dossier.Core.Access.PermissionLevel;

namespace Dossier.Storage.Tests.Access;

public abstract class GrantTests(StoreFixture fixture) : AccessTests(fixture)
{
    private const string Robot = "038455d4-e5ec-4544-b6cf-64d55b91fee1";

    [Fact]
    public async Task Grants_are_listed_by_kind_and_name_with_all_their_sources()
    {
        var ann = await UserAsync("ann");
        await NewAsync(PrincipalKind.ServicePrincipal, Robot, "robot");
        await UserAsync("Bob");
        await GroupAsync("a-team");
        var id = await ExperimentAsync(ann, "/Users/ann/x/exp");
        var home = (await Store.Access.FindFolderAsync("/Users/ann", default))!.Id;
        var x = (await Store.Access.FindFolderAsync("/Users/ann/x", default))!.Id;
        var target = ObjectKinds.Experiment.Of(id);
        await GrantAsync(RootFolder, new Grant(PrincipalKind.ServicePrincipal, Robot, CanManage));
        await GrantAsync(ObjectKinds.Folder.Of(home), Group("a-team", CanEdit), User("Bob", CanRead));
        await GrantAsync(ObjectKinds.Folder.Of(x), Group("a-team", CanRun), User("Bob", CanManage));
        var answer = await GrantAsync(target, User("bob", CanEdit), Group("users", CanRead));

        Assert.Equal(($"/experiments/{id}", "mlflowExperiment"), (answer.ObjectId, answer.ObjectType));
        string[] expected =
        [
            $"{Robot}: CAN_MANAGE from /directories/",
            $"Bob: CAN_EDIT, CAN_MANAGE from /directories/{x}, CAN_READ from /directories/{home}",
            $"ann: CAN_MANAGE from /directories/{home}",
            $"a-team: CAN_EDIT from /directories/{x} /directories/{home}",
            "admins: CAN_MANAGE from /directories/",
            "users: CAN_READ",
        ];
        Assert.Equal(expected, Lines(answer));
        Assert.Equal(expected, Lines(await PermissionsAsync(target)));
        Assert.Equal(("robot", (string?)null), (answer.AccessControlList[0].DisplayName, answer.AccessControlList[3].DisplayName));
        Assert.Equal(
            [$"{Robot}: CAN_MANAGE from /directories/", $"Bob: CAN_MANAGE, CAN_READ from /directories/{home}", $"ann: CAN_MANAGE from /directories/{home}",
                $"a-team: CAN_RUN, CAN_EDIT from /directories/{home}", "admins: CAN_MANAGE from /directories/"],
            Lines(await PermissionsAsync(ObjectKinds.Folder.Of(x))));
    }

    [Fact]
    public async Task A_models_list_has_groups_first_and_leaves_the_right_to_register_to_the_root()
    {
        var ann = await UserAsync("ann");
        await NewAsync(PrincipalKind.ServicePrincipal, Robot, "robot");
        await ModelAsync(ann, "m");
        await GrantAsync(Registry, new Grant(PrincipalKind.ServicePrincipal, Robot, CanManage));
        var answer = await PermissionsAsync(ObjectKinds.Model.Of("m"));
        Assert.Equal("registered-model", answer.ObjectType);
        Assert.Matches("^/registered-models/[0-9a-f]{32}$", answer.ObjectId);
        Assert.Equal(["admins: CAN_MANAGE from /registered-models/", "ann: CAN_MANAGE", $"{Robot}: CAN_MANAGE from /registered-models/"], Lines(answer));
        Assert.Equal(
            ["admins: CAN_MANAGE", "users: CAN_CREATE_REGISTERED_MODEL", $"{Robot}: CAN_MANAGE"], Lines(await PermissionsAsync(Registry)));
        Assert.Equal(["users: CAN_USE"], Lines(await PermissionsAsync(ObjectKinds.Tokens.Only())));
    }

    [Fact]
    public async Task Who_lost_the_right_to_manage_since_the_check_does_not_give_it_back_to_himself()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var target = ObjectKinds.Experiment.Of(await ExperimentAsync(ann, "exp"));
        await ChangeAsync(ann, target, false, User("bob", CanManage));
        await ChangeAsync(ann, target, false, User("bob", CanEdit));

        foreach (var replace in new[] { false, true })
        {
            var refused = await Assert.ThrowsAsync<ProtocolException>(() => ChangeAsync(bob, target, replace, User("bob", CanManage)));
            Assert.Equal(ErrorCode.PermissionDenied, refused.ErrorCode);
        }

        Assert.Equal(["bob: CAN_EDIT"], Direct(await PermissionsAsync(target)));
    }

    [Fact]
    public async Task Setting_replaces_all_direct_grants_and_changing_leaves_the_others()
    {
        var (ann, _, _) = (await UserAsync("ann"), await UserAsync("bob"), await UserAsync("cy"));
        var target = ObjectKinds.Experiment.Of(await ExperimentAsync(ann, "exp"));
        await ChangeAsync(ann, target, false, User("bob", CanRead));
        await ChangeAsync(ann, target, false, User("cy", CanEdit));
        Assert.Equal(["bob: CAN_READ", "cy: CAN_EDIT"], Direct(await PermissionsAsync(target)));
        Assert.Equal(["cy: CAN_MANAGE"], Direct(await ChangeAsync(ann, target, true, User("cy", CanManage))));
        Assert.Empty(Direct(await ChangeAsync(ann, target, true)));
    }

    [Fact]
    public async Task Each_change_is_an_event_and_none_is_written_for_what_is_so_already()
    {
        var (ann, _) = (await UserAsync("ann"), await UserAsync("bob"));
        var id = await ExperimentAsync(ann, "exp");
        var target = ObjectKinds.Experiment.Of(id);
        await ChangeAsync(ann, target, false, Group("users", CanRead), User("BOB", CanRead));
        await ChangeAsync(ann, target, false, User("bob", CanEdit));
        var version = Store.Access.Version;
        await ChangeAsync(ann, target, true, Group("users", CanRead), User("bob", CanEdit));
        Assert.Equal(version, Store.Access.Version);
        await ChangeAsync(ann, target, true);
        Assert.NotEqual(version, Store.Access.Version);
        Assert.Equal(
            ["user:bob: - → CAN_READ", "group:users: - → CAN_READ", "user:bob: CAN_READ → CAN_EDIT", "user:bob: CAN_EDIT → -", "group:users: CAN_READ → -"],
            (await EventRow.OfAsync(Store.Database, id)).Where(row => row.Action == "experiment.grant").Select(GrantOf));

        await ModelAsync(ann, "m");
        await GrantAsync(ObjectKinds.Model.Of("m"), User("bob", CanRead));
        Assert.Equal(["user:ann: - → CAN_MANAGE", "user:bob: - → CAN_READ"], (await EventRow.OfAsync(Store.Database, "m")).Where(row => row.Action == "registered_model.grant").Select(GrantOf));
        await GrantAsync(Registry, User("bob", CanRead));
        Assert.Equal(["user:bob: - → CAN_READ"], (await EventRow.OfAsync(Store.Database, "root")).Select(GrantOf));
    }

    [Fact]
    public async Task An_unknown_principal_or_object_is_named_and_nothing_is_changed()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var id = await ExperimentAsync(ann, "exp");
        var target = ObjectKinds.Experiment.Of(id);
        Assert.Contains(
            "user 'nobody'",
            await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => ChangeAsync(ann, target, false, User("bob", CanRead), User("nobody", CanRead))), StringComparison.Ordinal);
        Assert.Contains("group 'bob'", await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => ChangeAsync(ann, target, false, Group("bob", CanRead))), StringComparison.Ordinal);
        Assert.Contains("99", await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => GrantAsync(ObjectKinds.Experiment.Of("99"))), StringComparison.Ordinal);
        Assert.Equal(NoPermissions, await LevelAsync(id, bob));
        Assert.Null(await Store.Access.GetPermissionsAsync(ObjectKinds.Model.Of("none"), default));
    }

    [Fact]
    public async Task Administrators_keep_both_roots_and_may_be_named_elsewhere_or_not()
    {
        var ann = await UserAsync("ann");
        const string None = "Cannot change permissions for group 'admins' to None.";
        const string Root = "Cannot remove admins's CAN_MANAGE permission on 0";
        Assert.Equal(None, await RefusedAsync(ErrorCode.InvalidParameterValue, () => ChangeAsync(Caller.Local, Registry, true, Group("users", CanRead))));
        Assert.Equal(None, await RefusedAsync(ErrorCode.InvalidParameterValue, () => GrantAsync(Registry, Group("admins", NoPermissions))));
        Assert.Contains("to CAN_EDIT.", await RefusedAsync(ErrorCode.InvalidParameterValue, () => GrantAsync(Registry, Group("admins", CanEdit))), StringComparison.Ordinal);
        Assert.Equal(Root, await RefusedAsync(ErrorCode.InvalidParameterValue, () => ChangeAsync(Caller.Local, RootFolder, true)));
        Assert.Equal(Root, await RefusedAsync(ErrorCode.InvalidParameterValue, () => GrantAsync(RootFolder, Group("admins", CanEdit))));

        await ChangeAsync(Caller.Local, Registry, true, Group("admins", CanManage));
        Assert.Equal(["admins: CAN_MANAGE"], Lines(await PermissionsAsync(Registry)));
        var target = ObjectKinds.Experiment.Of(await ExperimentAsync(ann, "exp"));
        await GrantAsync(target, Group("admins", CanRead));
        await ChangeAsync(Caller.Local, target, true);
        Assert.Equal(CanManage, await LevelAsync(target, Caller.Local));
    }

    [Fact]
    public async Task Nobody_gives_his_own_management_away_by_accident()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await ModelAsync(ann, "m");
        var target = ObjectKinds.Model.Of("m");
        foreach (var (replace, grants) in new (bool, Grant[])[] { (true, []), (false, [User("ann", CanEdit)]), (true, [User("bob", CanManage)]), (false, [User("ann", NoPermissions)]) })
        {
            Assert.Contains("no longer", await RefusedAsync(ErrorCode.InvalidParameterValue, () => ChangeAsync(ann, target, replace, grants)), StringComparison.Ordinal);
            Assert.Equal((CanManage, NoPermissions), (await LevelAsync(target, ann), await LevelAsync(target, bob)));
        }

        // Through a group will do as well.
        await ChangeAsync(ann, target, true, Group("users", CanManage));
        Assert.Equal(CanManage, await LevelAsync(target, ann));
        await ChangeAsync(Caller.Local, target, true);
        Assert.Equal(NoPermissions, await LevelAsync(target, ann));
    }

    private static string[] Direct(ObjectPermissions permissions) => [.. Lines(permissions).Where(line => !line.Contains(" from ", StringComparison.Ordinal))];

    private static string GrantOf(EventRow row)
    {
        var change = row.Detail.GetProperty("changes")[0];
        return $"{change.GetProperty("field").GetString()!["grants.".Length..]}: {change.GetProperty("from").GetString() ?? "-"} → {change.GetProperty("to").GetString() ?? "-"}";
    }
}

public sealed class SqliteGrantTests() : GrantTests(new SqliteFixture());

public sealed class PostgresGrantTests() : GrantTests(new PostgresFixture());
