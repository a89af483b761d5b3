using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;
using static Dossier.Core.Access.PermissionLevel;

namespace Dossier.Storage.Tests.Access;

public abstract class FolderTests(StoreFixture fixture) : AccessTests(fixture)
{
    [Fact]
    public async Task A_user_and_a_service_principal_get_a_home_that_they_manage()
    {
        var ann = await UserAsync("ann@x");
        var robot = await NewAsync(PrincipalKind.ServicePrincipal, "038455d4-e5ec-4544-b6cf-64d55b91fee1", "robot");
        await GroupAsync("team", ann.Id);
        foreach (var caller in (Caller[])[ann, robot])
        {
            var home = ObjectKinds.Folder.Of((await Store.Access.FindFolderAsync(FolderPath.Home(caller.Name), default))!.Id);
            Assert.Equal(CanManage, await LevelAsync(home, caller));
            Assert.Equal(NoPermissions, await LevelAsync(home, caller == ann ? robot : ann));
        }

        Assert.Null(await Store.Access.FindFolderAsync("/Users/team", default));
        Assert.Equal(
            ["/Users/038455d4-e5ec-4544-b6cf-64d55b91fee1", "/Users/ann@x", "/Users/local"],
            (await Store.Access.ListFoldersAsync("/Users", default)).Select(folder => folder.Path));
    }

    [Fact]
    public async Task A_user_with_a_new_name_manages_the_home_of_that_name_and_the_old_one()
    {
        var ann = await UserAsync("ann");
        await Store.Identity.UpdateAsync(PrincipalKind.User, ann.Id, user => user with { Name = "anna" }, Core.Identity.MemberChange.None, By(Caller.Local), default);
        Assert.Equal(CanManage, await LevelAsync(ObjectKinds.FolderAt.Of(FolderPath.Of("exp", "anna")), ann));
        Assert.Equal(CanManage, await LevelAsync(ObjectKinds.FolderAt.Of(FolderPath.Of("exp", "ann")), ann));
    }

    [Fact]
    public async Task A_name_with_a_slash_has_no_home_in_somebody_elses()
    {
        await UserAsync("ann");
        Assert.Contains("'/'", await RefusedAsync(ErrorCode.InvalidParameterValue, () => UserAsync("ann/x")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_folders_are_made_with_the_experiment_and_say_who_made_them()
    {
        var ann = await UserAsync("ann");
        var id = await ExperimentAsync(ann, "/Shared/team/x/exp");
        Assert.Equal(["/Shared/team"], (await Store.Access.ListFoldersAsync("/Shared", default)).Select(folder => folder.Path));
        var x = (await Store.Access.FindFolderAsync("/Shared/team/x", default))!;
        Assert.Equal("/Shared/team/x", x.Path);
        Assert.Equal(["directory.create|ann|- → /Shared/team/x"], await FolderEventsAsync(x.Id));
        var team = (await Store.Access.FindFolderAsync("/Shared/team", default))!;
        Assert.Equal(["directory.create|ann|- → /Shared/team", "directory.grant|ann|- → CAN_MANAGE"], await FolderEventsAsync(team.Id));

        // The grant on the topmost new folder is inherited below it.
        Assert.Equal(
            [$"ann: CAN_MANAGE from /directories/{team.Id}", "admins: CAN_MANAGE from /directories/", $"users: CAN_MANAGE from /directories/{(await Store.Access.FindFolderAsync("/Shared", default))!.Id}"],
            Lines(await PermissionsAsync(ObjectKinds.Experiment.Of(id))));
    }

    [Fact]
    public async Task Who_creates_an_experiment_manages_it_and_who_manages_its_folder_himself_needs_no_grant()
    {
        var ann = await UserAsync("ann");
        var home = (await Store.Access.FindFolderAsync("/Users/ann", default))!.Id;
        Assert.Equal(
            [$"ann: CAN_MANAGE from /directories/{home}", "admins: CAN_MANAGE from /directories/"],
            Lines(await PermissionsAsync(ObjectKinds.Experiment.Of(await ExperimentAsync(ann, "plain")))));

        var shared = await ExperimentAsync(ann, "/Shared/exp");
        Assert.Equal("ann: CAN_MANAGE", Lines(await PermissionsAsync(ObjectKinds.Experiment.Of(shared)))[0]);
        Assert.Equal(["experiment.create", "experiment.grant"], (await EventRow.OfAsync(Store.Database, shared)).Select(row => row.Action));
    }

    [Fact]
    public async Task Who_registers_a_model_manages_it_unless_he_manages_the_registry_himself()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await GrantAsync(Registry, Group("users", CanManage), User("bob", CanManage));
        await ModelAsync(ann, "of-ann");
        await ModelAsync(bob, "of-bob");
        Assert.Equal(
            ["admins: CAN_MANAGE from /registered-models/", "users: CAN_MANAGE from /registered-models/", "ann: CAN_MANAGE", "bob: CAN_MANAGE from /registered-models/"],
            Lines(await PermissionsAsync(ObjectKinds.Model.Of("of-ann"))));
        Assert.DoesNotContain("bob: CAN_MANAGE", Lines(await PermissionsAsync(ObjectKinds.Model.Of("of-bob"))));
    }

    [Fact]
    public async Task A_new_model_of_a_deleted_ones_name_has_none_of_its_grants()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await ModelAsync(ann, "m");
        await GrantAsync(ObjectKinds.Model.Of("m"), User("bob", CanManage));
        var version = Store.Access.Version;
        await Store.Registry.DeleteModelAsync("m", By(ann), default);
        Assert.NotEqual(version, Store.Access.Version);
        await ModelAsync(ann, "m");
        Assert.Equal(NoPermissions, await LevelAsync(ObjectKinds.Model.Of("m"), bob));
    }

    [Fact]
    public async Task A_move_changes_what_is_inherited_and_keeps_what_was_granted()
    {
        var (ann, bob, cy) = (await UserAsync("ann"), await UserAsync("bob"), await UserAsync("cy"));
        var id = await ExperimentAsync(ann, "exp");
        await GrantAsync(ObjectKinds.Experiment.Of(id), User("cy", CanRead));
        await FolderAsync("/Users/bob/sub", bob);
        var version = Store.Access.Version;
        await RenameAsync(ann, id, "/Users/bob/sub/exp");
        Assert.NotEqual(version, Store.Access.Version);
        Assert.Equal((NoPermissions, CanManage, CanRead), (await LevelAsync(id, ann), await LevelAsync(id, bob), await LevelAsync(id, cy)));
        var renamed = (await EventRow.OfAsync(Store.Database, id)).Single(row => row.Action == "experiment.rename");
        Assert.Equal(("exp → /Users/bob/sub/exp", "/Users/ann → /Users/bob/sub"), (renamed.Change("name"), renamed.Change("folder")));
    }

    [Fact]
    public async Task A_plain_name_for_a_plain_name_stays_where_it_is_whoever_gives_it()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var id = await ExperimentAsync(ann, "exp");
        await GrantAsync(ObjectKinds.Experiment.Of(id), User("bob", CanEdit));
        await RenameAsync(bob, id, "other");
        Assert.Equal((CanManage, CanEdit), (await LevelAsync(id, ann), await LevelAsync(id, bob)));
        Assert.Null((await EventRow.OfAsync(Store.Database, id))[^1].Change("folder"));
    }

    [Fact]
    public async Task An_importers_folder_keeps_its_id_and_later_ones_go_on_after_it()
    {
        Assert.Equal("767933989557963", await FolderAsync("/Users/andre@mycompany.com", id: "767933989557963"));
        var andre = await UserAsync("andre@mycompany.com");
        Assert.Equal("767933989557963", await FolderAsync("/Users/andre@mycompany.com", id: "5"));
        Assert.Equal(CanManage, await LevelAsync(ObjectKinds.Folder.Of("767933989557963"), andre));
        Assert.Equal("767933989557964", await FolderAsync("/Users/andre@mycompany.com/x"));
        await RefusedAsync(ErrorCode.ResourceAlreadyExists, () => FolderAsync("/other", id: "767933989557963"));
        foreach (var wrong in (string[])["0", "-1", "x", "1234567890123456789", "01", ""])
        {
            await RefusedAsync(ErrorCode.InvalidParameterValue, () => FolderAsync("/other", id: wrong));
        }
    }

    [Fact]
    public async Task Folders_are_fifty_levels_deep_at_most()
    {
        var ann = await UserAsync("ann");
        await ExperimentAsync(ann, $"/Shared{string.Concat(Enumerable.Repeat("/d", 48))}/exp");
        var message = await RefusedAsync(ErrorCode.InvalidParameterValue, () => ExperimentAsync(ann, $"/Shared{string.Concat(Enumerable.Repeat("/d", 49))}/exp"));
        Assert.Contains("50", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_who_make_the_same_folders_at_once_make_them_once()
    {
        var ann = await UserAsync("ann");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? FolderAsync($"/Shared/a/b/{i}", ann) : ExperimentAsync(ann, $"/Shared/a/b/c/exp{i}")));
        Assert.Equal(
            ["/Shared/a/b/0", "/Shared/a/b/2", "/Shared/a/b/4", "/Shared/a/b/6", "/Shared/a/b/c"],
            (await Store.Access.ListFoldersAsync("/Shared/a/b", default)).Select(folder => folder.Path));
    }

    private Task<List<string>> FolderEventsAsync(string id) => Store.Database.ReadAsync(
        session => session.ListAsync(
            "SELECT action, principal, detail FROM events WHERE object_type = 'directory' AND object_id = $1 ORDER BY id",
            static row =>
            {
                using var detail = System.Text.Json.JsonDocument.Parse(row.Text(2));
                var change = detail.RootElement.GetProperty("changes")[0];
                return $"{row.Text(0)}|{row.Text(1)}|{change.GetProperty("from").GetString() ?? "-"} → {change.GetProperty("to").GetString()}";
            }, id),
        default);
}

public sealed class SqliteFolderTests() : FolderTests(new SqliteFixture());

public sealed class PostgresFolderTests() : FolderTests(new PostgresFixture());
