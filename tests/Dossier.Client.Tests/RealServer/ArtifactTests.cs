namespace Dossier.Client.Tests.RealServer;

public sealed class ArtifactTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private ArtifactsClient Calls => server.Client.Artifacts;

    [Fact]
    public async Task A_folder_comes_back_as_it_went()
    {
        var run = await NewRunAsync();
        var local = Directory.CreateDirectory(Path.Combine(server.Files, "up")).FullName;
        string[] names = ["MLmodel", "data/weights.bin", "data/deep/er/ü & %41#?.txt", "empty"];
        foreach (var name in names)
        {
            var path = Path.Combine(local, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, name == "empty" ? "" : name);
        }

        var model = new ArtifactLocation.InRun(run.RunId, "model");
        await Calls.UploadFolderAsync(local, model);
        var listed = await Calls.ListAsync(model).ToListAsync();
        Assert.Equal([("MLmodel", false), ("data", true), ("empty", false)], listed.Select(file => (file.Path, file.IsDir)));
        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            (await Calls.ListRecursivelyAsync(model).Select(file => file.Path).ToListAsync()).Order(StringComparer.Ordinal));

        var down = Path.Combine(server.Files, "down");
        await Calls.DownloadFolderAsync(new ArtifactLocation.AtUri(run.ArtifactUri + "/model"), down);
        foreach (var name in names)
        {
            Assert.Equal(name == "empty" ? "" : name, await File.ReadAllTextAsync(Path.Combine(down, name)));
        }

        await Calls.DeleteAsync(model.Child("data"));
        Assert.Equal(["MLmodel", "empty"], await Calls.ListAsync(model).Select(file => file.Path).ToListAsync());
    }

    [Fact]
    public async Task The_files_of_a_model_version_are_read_by_its_name()
    {
        var run = await NewRunAsync();
        await Calls.UploadTextAsync("flavors: {}", new ArtifactLocation.InRun(run.RunId, "model/MLmodel"));
        var version = await server.Client.RegisterModelAsync($"runs:/{run.RunId}/model", "by name");
        Assert.Equal((run.ArtifactUri + "/model", run.RunId), (version.Source, version.RunId));
        Assert.Equal("2", (await server.Client.RegisterModelAsync($"runs:/{run.RunId}/model", "by name")).Version);
        var files = new ArtifactLocation.AtUri("models:/by name/1");
        Assert.Equal("MLmodel", (await Calls.ListAsync(files).SingleAsync()).Path);
        await using var stream = await Calls.OpenReadAsync(files.Child("MLmodel"));
        Assert.Equal("flavors: {}", await new StreamReader(stream).ReadToEndAsync());
    }

    [Fact]
    public async Task A_logged_models_files_are_found_by_its_id()
    {
        var model = await server.Client.LoggedModels.CreateAsync(new() { ExperimentId = "0", Name = "m" });
        var root = new ArtifactLocation.AtUri("models:/" + model.Info.ModelId);
        await Calls.UploadTextAsync("x", root.Child("MLmodel"));
        Assert.Equal("MLmodel", (await Calls.ListAsync(root).SingleAsync()).Path);
    }

    [Fact]
    public async Task What_is_not_there_is_said_not_to_be_there()
    {
        var run = await NewRunAsync();
        var nothing = new ArtifactLocation.InRun(run.RunId, "nothing");
        Assert.Empty(await Calls.ListAsync(nothing).ToListAsync());
        var error = await Assert.ThrowsAsync<ProtocolException>(() => Calls.OpenReadAsync(nothing));
        Assert.Equal(ErrorCode.ResourceDoesNotExist, error.ErrorCode);
        error = await Assert.ThrowsAsync<ProtocolException>(() => Calls.ListAsync(new ArtifactLocation.InRun("nope", "")).ToListAsync().AsTask());
        Assert.Equal(ErrorCode.ResourceDoesNotExist, error.ErrorCode);
    }

    private async Task<RunInfo> NewRunAsync() => (await server.Client.Runs.CreateAsync(new() { ExperimentId = "0" })).Info;
}
