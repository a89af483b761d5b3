namespace Dossier.Client.Tests.RealServer;

public sealed class PermissionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private DossierClient Client => server.Client;

    [Fact]
    public async Task Grants_on_an_experiment_are_made_replaced_and_explained()
    {
        var target = $"experiments/{await Client.Experiments.CreateAsync(new() { Name = "/Shared/permissions" })}";
        AccessControlRequest Users(string level) => new() { GroupName = "users", PermissionLevel = level };

        var granted = await Client.Permissions.UpdateAsync(target, [Users("CAN_READ")]);
        var told = await Client.Permissions.ExplainAsync(target, permissionLevel: "CAN_MANAGE");
        var none = await Client.Permissions.ReplaceAsync(target, []);

        Assert.Equal(["CAN_READ", "CAN_MANAGE"], LevelsOf(granted));
        Assert.Equal(["CAN_MANAGE"], LevelsOf(none));
        Assert.Equal(("local", true, true), (told.UserName, told.Allowed, told.Administrator));
        Assert.Equal(none.AccessControlList.Count, (await Client.Permissions.GetAsync(target)).AccessControlList.Count);
        Assert.Equal("CAN_READ", (await Client.Permissions.GetLevelsAsync(target))[0].PermissionLevel);
        var refused = await Assert.ThrowsAsync<ProtocolException>(() => Client.Permissions.UpdateAsync(target, [Users("CAN_FLY")]));
        Assert.Equal(ErrorCode.InvalidParameterValue, refused.ErrorCode);
    }

    [Fact]
    public async Task A_models_id_names_it_to_the_permissions()
    {
        await Client.RegisteredModels.CreateAsync(new() { Name = "permissions" });
        var model = await Client.RegisteredModels.GetDatabricksAsync("permissions");
        Assert.Equal("CAN_MANAGE", model.PermissionLevel);
        Assert.Equal($"/registered-models/{model.Id}", (await Client.Permissions.GetAsync($"registered-models/{model.Id}")).ObjectId);
        Assert.Null((await Client.RegisteredModels.GetAsync("permissions")).Id);
    }

    [Fact]
    public async Task Directories_are_made_found_and_listed_by_path()
    {
        await Client.Workspace.MakeDirectoryAsync("/Shared/made/here");
        await Client.Experiments.CreateAsync(new() { Name = "/Shared/made/e" });
        var listed = await Client.Workspace.ListAsync("/Shared/made");
        Assert.Equal([(WorkspaceObject.Directory, "/Shared/made/here"), (WorkspaceObject.Experiment, "/Shared/made/e")], listed.Select(one => (one.ObjectType, one.Path)));
        Assert.Equal(listed[0].ObjectId, (await Client.Workspace.GetAsync("/Shared/made/here")).ObjectId);
        Assert.Empty(await Client.Workspace.ListAsync("/Shared/made/here"));
    }

    private static IEnumerable<string> LevelsOf(ObjectPermissions permissions) =>
        permissions.AccessControlList.Single(entry => entry.GroupName == "users").AllPermissions.Select(level => level.PermissionLevel);
}
