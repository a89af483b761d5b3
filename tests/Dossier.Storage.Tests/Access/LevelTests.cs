using Dossier.Core.Access;
using Dossier.Core.Tracking;
using Dossier.Storage.Tests.Support;
using static Dossier.Core.Access.PermissionLevel;

namespace Dossier.Storage.Tests.Access;

public abstract class LevelTests(StoreFixture fixture) : AccessTests(fixture)
{
    [Fact]
    public async Task What_is_not_there_has_no_level_and_what_nobody_granted_has_none()
    {
        var bob = await UserAsync("bob");
        var id = await ExperimentAsync(await UserAsync("ann"), "exp");
        Assert.Equal(NoPermissions, await LevelAsync(id, bob));
        Assert.Equal(NoPermissions, await LevelAsync(ObjectKinds.ExperimentByName.Of("exp"), bob));
        foreach (var missing in new AccessObject[]
        {
            ObjectKinds.Experiment.Of("99"), ObjectKinds.ExperimentByName.Of("other"), ObjectKinds.Run.Of("r"), ObjectKinds.LoggedModel.Of("m-1"),
            ObjectKinds.Model.Of("m"), ObjectKinds.ModelById.Of("0a"), ObjectKinds.Folder.Of("99"), ObjectKinds.Folder.Of("x"),
            ObjectKinds.FolderOfExperiment.Of("99"), ObjectKinds.Artifact.Of(Core.Artifacts.ArtifactPath.Parse("nobody/file").Value),
            ObjectKinds.Artifact.Of(Core.Artifacts.ArtifactPath.Root.Value),
        })
        {
            Assert.Null(await LevelAsync(missing, bob));
        }
    }

    [Fact]
    public async Task The_highest_grant_counts_direct_or_through_groups_in_groups()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var id = await ExperimentAsync(ann, "exp");
        var inner = await GroupAsync("inner", bob.Id);
        await GroupAsync("outer", inner);
        var target = ObjectKinds.Experiment.Of(id);

        await GrantAsync(target, Group("outer", CanEdit));
        Assert.Equal(CanEdit, await LevelAsync(id, await CallerAsync(bob.Id)));
        await GrantAsync(target, User("bob", CanRead));
        Assert.Equal(CanEdit, await LevelAsync(id, await CallerAsync(bob.Id)));
        await GrantAsync(target, Group("users", CanManage));
        Assert.Equal(CanManage, await LevelAsync(id, await CallerAsync(bob.Id)));
        await GrantAsync(target, Group("users", NoPermissions), Group("outer", NoPermissions));
        Assert.Equal(CanRead, await LevelAsync(id, await CallerAsync(bob.Id)));
    }

    [Fact]
    public async Task Folders_above_count_for_experiments_and_what_belongs_to_them()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var id = await ExperimentAsync(ann, "/Users/ann/a/b/exp");
        var run = await Store.Tracking.CreateRunAsync(new NewRun("r1", id, "run", "ann", 1, []), By(ann), default);
        await Store.LoggedModels.CreateAsync("m-1", new() { ExperimentId = id, Name = "model" }, By(ann), default);
        var middle = (await Store.Access.FindFolderAsync("/Users/ann/a", default))!;
        await GrantAsync(ObjectKinds.Folder.Of(middle.Id), User("bob", CanRead));

        Assert.Equal(CanRead, await LevelAsync(id, bob));
        Assert.Equal(CanRead, await LevelAsync(ObjectKinds.ExperimentByName.Of("/Users/ann/a/b/exp"), bob));
        Assert.Equal(CanRead, await LevelAsync(ObjectKinds.Run.Of("r1"), bob));
        Assert.Equal(CanRead, await LevelAsync(ObjectKinds.LoggedModel.Of("m-1"), bob));
        Assert.Equal(CanRead, await ArtifactAsync($"{id}/{run.Info.RunId}/artifacts/file", bob));
        Assert.Equal(CanRead, await LevelAsync(ObjectKinds.FolderOfExperiment.Of(id), bob));
        Assert.Equal(NoPermissions, await LevelAsync(ObjectKinds.Folder.Of((await Store.Access.FindFolderAsync("/Users/ann", default))!.Id), bob));
        Assert.Equal(CanManage, await LevelAsync(id, ann));
    }

    [Fact]
    public async Task To_run_in_a_folder_is_to_edit_the_experiments_below_it()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var id = await ExperimentAsync(ann, "exp");
        var home = ObjectKinds.Folder.Of((await Store.Access.FindFolderAsync("/Users/ann", default))!.Id);
        await GrantAsync(home, User("bob", CanRun));
        Assert.Equal(CanEdit, await LevelAsync(id, bob));
        Assert.Equal(CanRun, await LevelAsync(home, bob));
        Assert.Equal(CanRun, await LevelAsync(ObjectKinds.FolderOfExperiment.Of(id), bob));
    }

    [Fact]
    public async Task A_new_experiment_is_asked_for_in_the_nearest_folder_that_is_there()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        Assert.Equal(CanManage, await LevelAsync(ObjectKinds.FolderAt.Of(FolderPath.Of("plain", "ann")), ann));
        Assert.Equal(CanManage, await LevelAsync(ObjectKinds.FolderAt.Of(FolderPath.Of("/Users/ann/new/x/exp", "ann")), ann));
        Assert.Equal(NoPermissions, await LevelAsync(ObjectKinds.FolderAt.Of(FolderPath.Of("/Users/ann/new/x/exp", "bob")), bob));
        Assert.Equal(CanManage, await LevelAsync(ObjectKinds.FolderAt.Of(FolderPath.Of("/Shared/x/exp", "bob")), bob));
        Assert.Equal(NoPermissions, await LevelAsync(ObjectKinds.FolderAt.Of(FolderPath.Of("/exp", "bob")), bob));
        Assert.Equal(NoPermissions, await LevelAsync(ObjectKinds.FolderAt.Of(FolderPath.Of("/Nowhere/exp", "bob")), bob));
        Assert.Equal(CanManage, await LevelAsync(ObjectKinds.FolderAt.Of(FolderPath.Of("/exp", "local")), Caller.Local));
    }

    [Fact]
    public async Task Models_inherit_from_the_registry_root_but_not_the_right_to_register()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await ModelAsync(ann, "m");
        var model = ObjectKinds.Model.Of("m");
        var withId = ObjectKinds.ModelById.Of((await PermissionsAsync(model)).ObjectId.Split('/')[^1]);
        Assert.Equal(CanManage, await LevelAsync(model, ann));
        Assert.Equal(NoPermissions, await LevelAsync(model, bob));
        Assert.Equal(CanCreateRegisteredModel, await LevelAsync(Registry, bob));

        await GrantAsync(Registry, User("bob", CanManageStagingVersions));
        Assert.Equal(CanManageStagingVersions, await LevelAsync(model, bob));
        Assert.Equal(CanManageStagingVersions, await LevelAsync(withId, bob));
        Assert.Equal(CanManageStagingVersions, await LevelAsync(Registry, bob));
        await GrantAsync(model, Group("users", CanManageProductionVersions));
        Assert.Equal(CanManageProductionVersions, await LevelAsync(withId, bob));
    }

    [Fact]
    public async Task Tokens_and_passwords_are_for_everybody_at_first()
    {
        var bob = await UserAsync("bob");
        foreach (var target in new AccessObject[] { ObjectKinds.Tokens.Only(), ObjectKinds.Passwords.Only() })
        {
            Assert.Equal(CanUse, await LevelAsync(target, bob));
            await GrantAsync(target, Group("users", NoPermissions));
            Assert.Equal(NoPermissions, await LevelAsync(target, bob));
        }
    }

    [Fact]
    public async Task Files_of_a_version_can_be_read_by_those_who_may_read_its_model_and_by_nobody_changed()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var id = await ExperimentAsync(ann, "exp");
        await ModelAsync(ann, "m");
        var files = $"{id}/r1/artifacts/Model";
        await Store.Registry.CreateVersionAsync(new() { Name = "m", Source = "runs:/r1/Model" }, $"{Root}/{files}", By(ann), default);
        Assert.Equal(NoPermissions, await ArtifactAsync($"{files}/MLmodel", bob));

        await GrantAsync(ObjectKinds.Model.Of("m"), User("bob", CanManage));
        Assert.Equal(CanRead, await ArtifactAsync($"{files}/MLmodel", bob));
        Assert.Equal(CanRead, await ArtifactAsync(files, bob));
        Assert.Equal(NoPermissions, await ArtifactAsync($"{id}/r1/artifacts", bob));
        Assert.Equal(NoPermissions, await ArtifactAsync($"{id}/r1/artifacts/Model2", bob));

        await Store.Registry.DeleteVersionAsync("m", 1, By(ann), default);
        Assert.Equal(NoPermissions, await ArtifactAsync($"{files}/MLmodel", bob));
    }

    [Fact]
    public async Task The_source_of_a_prompt_opens_nobodys_files()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var id = await ExperimentAsync(ann, "exp");
        await ModelAsync(bob, "prompt");
        await Store.Registry.CreateVersionAsync(
            new() { Name = "prompt", Source = $"{Root}/{id}", Tags = [new(Core.Prompts.PromptTags.Marker, "true")] }, $"{Root}/{id}", By(bob), default);
        Assert.Equal(NoPermissions, await ArtifactAsync($"{id}/r1/artifacts/file", bob));
    }
}

public sealed class SqliteLevelTests() : LevelTests(new SqliteFixture());

public sealed class PostgresLevelTests() : LevelTests(new PostgresFixture());
