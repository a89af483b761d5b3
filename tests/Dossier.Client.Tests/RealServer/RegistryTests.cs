namespace Dossier.Client.Tests.RealServer;

public sealed class RegistryTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private RegisteredModelsClient Models => server.Client.RegisteredModels;

    private ModelVersionsClient Versions => server.Client.ModelVersions;

    [Fact]
    public async Task A_registered_model_lives_through_all_its_calls()
    {
        var model = await Models.CreateAsync(new() { Name = "pcb", Description = "boards", Tags = [new("a", "b")] });
        Assert.Equal("boards", model.Description);
        await Models.SetTagAsync("pcb", "k", "v");
        await Models.DeleteTagAsync("pcb", "a");
        Assert.Equal("new", (await Models.UpdateAsync("pcb", "new")).Description);
        await VersionAsync("pcb");
        await Models.SetAliasAsync("pcb", "champion", "1");
        Assert.Equal("1", (await Models.GetVersionByAliasAsync("pcb", "champion")).Version);

        model = await Models.RenameAsync("pcb", "pcb 2 & ß");
        model = await Models.GetAsync(model.Name);
        Assert.Equal([new Tag("k", "v")], model.Tags!);
        Assert.Equal([new ModelAlias("champion", "1")], model.Aliases!);
        await Models.DeleteAliasAsync(model.Name, "champion");
        await Assert.ThrowsAsync<ProtocolException>(() => Models.GetVersionByAliasAsync(model.Name, "champion"));
        await Models.DeleteAsync(model.Name);
        var error = await Assert.ThrowsAsync<ProtocolException>(() => Models.GetAsync(model.Name));
        Assert.Equal(ErrorCode.ResourceDoesNotExist, error.ErrorCode);
    }

    [Fact]
    public async Task A_version_lives_through_all_its_calls()
    {
        await Models.CreateAsync(new() { Name = "vit" });
        var version = await VersionAsync("vit");
        Assert.Equal(("1", ModelStage.None), (version.Version, version.CurrentStage));
        await VersionAsync("vit");
        Assert.Equal("better", (await Versions.UpdateAsync("vit", "2", "better")).Description);
        await Versions.SetTagAsync("vit", "2", "k", "v");
        Assert.Equal([new Tag("k", "v")], (await Versions.GetAsync("vit", "2")).Tags!);
        await Versions.DeleteTagAsync("vit", "2", "k");

        await Versions.TransitionStageAsync("vit", "1", ModelStage.Production);
        var moved = await Versions.TransitionStageAsync("vit", "2", ModelStage.Production, archiveExisting: true);
        Assert.Equal(ModelStage.Production, moved.CurrentStage);
        Assert.Equal(ModelStage.Archived, (await Versions.GetAsync("vit", "1")).CurrentStage);
        Assert.Equal("2", (await Models.GetLatestVersionsAsync("vit", [ModelStage.Production])).Single().Version);
        Assert.Equal(2, (await Models.GetLatestVersionsAsync("vit")).Count);
        Assert.StartsWith("mlflow-artifacts:/", await Versions.GetDownloadUriAsync("vit", "1"), StringComparison.Ordinal);
        Assert.Equal(2, await Versions.SearchAsync(new() { Filter = "name = 'vit'", MaxResults = 1 }).CountAsync());
        await Versions.DeleteAsync("vit", "1");
        Assert.Equal(["2"], await Versions.SearchAsync(new() { Filter = "name = 'vit'" }).Select(found => found.Version).ToListAsync());
    }

    [Fact]
    public async Task A_search_for_models_walks_through_all_pages()
    {
        for (var i = 0; i < 5; i++)
        {
            await Models.CreateAsync(new() { Name = $"found & {i}" });
        }

        var names = await Models.SearchAsync(new() { Filter = "name LIKE 'found & %'", MaxResults = 2, OrderBy = ["name DESC"] })
            .Select(model => model.Name).ToListAsync();
        Assert.Equal(["found & 4", "found & 3", "found & 2", "found & 1", "found & 0"], names);
    }

    [Fact]
    public async Task A_logged_model_lives_through_all_its_calls()
    {
        var calls = server.Client.LoggedModels;
        var id = (await calls.CreateAsync(new() { ExperimentId = "0", Name = "lm", ModelType = "vit", Params = [new("p", "1")] })).Info.ModelId;
        await calls.SetTagsAsync(id, [new("a", "1"), new("b c", "2")]);
        await calls.DeleteTagAsync(id, "b c");
        await calls.LogParamsAsync(id, [new("q", "2")]);
        Assert.Equal(LoggedModelStatus.Ready, (await calls.FinalizeAsync(id, LoggedModelStatus.Ready)).Info.Status);
        var model = await calls.GetAsync(id);
        Assert.Equal([new Tag("a", "1")], model.Info.Tags!);
        Assert.Equal([new Param("p", "1"), new Param("q", "2")], model.Data.Params!);
        Assert.Equal(id, (await calls.SearchAsync(new() { ExperimentIds = ["0"], Filter = "name = 'lm'" }).SingleAsync()).Info.ModelId);
        await calls.DeleteAsync(id);
        await Assert.ThrowsAsync<ProtocolException>(() => calls.GetAsync(id));
    }

    private async Task<ModelVersion> VersionAsync(string name)
    {
        var run = (await server.Client.Runs.CreateAsync(new() { ExperimentId = "0" })).Info;
        return await Versions.CreateAsync(new() { Name = name, Source = run.ArtifactUri + "/model", RunId = run.RunId });
    }
}
