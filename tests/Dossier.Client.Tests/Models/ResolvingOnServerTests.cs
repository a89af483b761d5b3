using Dossier.Client.Tests.RealServer;

namespace Dossier.Client.Tests.Models;

/// <summary>Model URIs on a real Dossier server.</summary>
public sealed class ResolvingOnServerTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private DossierClient Client => server.Client;

    private string RunId { get; set; } = "";

    // With a space, so that it is encoded where it has to be.
    private string ModelName { get; } = "pcb " + Guid.NewGuid().ToString("N");

    /// <summary>A model with three versions: 1 is in Production, 2 in Staging and the champion, 3 the latest.</summary>
    public async ValueTask InitializeAsync()
    {
        var run = (await Client.Runs.CreateAsync(new() { ExperimentId = "0" })).Info;
        RunId = run.RunId;
        await Client.Artifacts.UploadTextAsync("flavors: {}", new ArtifactLocation.InRun(RunId, "model/MLmodel"));
        await Client.RegisteredModels.CreateAsync(new() { Name = ModelName });
        for (var i = 0; i < 3; i++)
        {
            await Client.RegisterModelAsync($"runs:/{RunId}/model", ModelName);
        }

        await Client.ModelVersions.TransitionStageAsync(ModelName, "1", ModelStage.Production);
        await Client.ModelVersions.TransitionStageAsync(ModelName, "2", ModelStage.Staging);
        await Client.RegisteredModels.SetAliasAsync(ModelName, "champion", "2");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("/1", "1")]
    [InlineData("/Production", "1")]
    [InlineData("/staging", "2")]
    [InlineData("@champion", "2")]
    [InlineData("/latest", "3")]
    public async Task A_version_is_found_by_number_stage_alias_and_latest_and_its_files_can_be_read(string which, string version)
    {
        var model = await Client.Models.ResolveAsync($"models:/{ModelName}{which}");
        Assert.Equal((ModelName, version, RunId, null), (model.Name, model.Version, model.RunId, model.ModelId));
        Assert.Equal("flavors: {}", await ReadAsync(model));
        Assert.Equal(new VersionKey(ModelName, version), await Client.Models.FindVersionAsync(model.Uri));
    }

    [Theory]
    [InlineData("/9", ErrorCode.ResourceDoesNotExist)]
    [InlineData("/Archived", ErrorCode.ResourceDoesNotExist)]
    [InlineData("@nobody", ErrorCode.InvalidParameterValue)]
    public async Task A_version_that_does_not_exist_is_an_error_with_the_servers_code(string which, string code)
    {
        var error = await Assert.ThrowsAsync<ProtocolException>(() => Client.Models.ResolveAsync($"models:/{ModelName}{which}"));
        Assert.Equal(code, error.ErrorCode);
    }

    [Fact]
    public async Task A_runs_folder_is_its_model()
    {
        var model = await Client.Models.ResolveAsync($"runs:/{RunId}/model");
        Assert.Equal((null, null, RunId), (model.Name, model.ModelId, model.RunId));
        Assert.Equal("flavors: {}", await ReadAsync(model));
        Assert.Null(await Client.Models.FindVersionAsync(model.Uri));
    }

    [Fact]
    public async Task A_logged_model_is_found_by_its_id_and_by_its_name_in_the_run_that_made_it()
    {
        var old = await LoggedModelAsync("best", "old");
        // The newest counts, by the millisecond.
        await Task.Delay(5, TestContext.Current.CancellationToken);
        var best = await LoggedModelAsync("best", "new");
        var deleted = await LoggedModelAsync("best", "deleted");
        await Client.LoggedModels.DeleteAsync(deleted);

        Assert.Equal("old", await ReadAsync(await Client.Models.ResolveAsync("models:/" + old)));
        var model = await Client.Models.ResolveAsync($"runs:/{RunId}/best");
        Assert.Equal((best, RunId), (model.ModelId, model.RunId));
        Assert.Equal("new", await ReadAsync(model));
        var below = await Client.Models.ResolveAsync($"runs:/{RunId}/best/data");
        Assert.Equal(((ArtifactLocation.AtUri)model.Location).Uri + "/data", ((ArtifactLocation.AtUri)below.Location).Uri);
        Assert.IsType<ArtifactLocation.InRun>((await Client.Models.ResolveAsync($"runs:/{RunId}/bestest")).Location);
    }

    [Fact]
    public async Task A_run_of_a_3x_client_is_registered_with_the_model_that_it_made()
    {
        var id = await LoggedModelAsync("vit", "x");
        var version = await Client.RegisterModelAsync($"runs:/{RunId}/vit", ModelName);
        Assert.Equal((id, RunId), (version.ModelId, version.RunId));
        var resolved = await Client.Models.ResolveAsync($"models:/{ModelName}/{version.Version}");
        Assert.Equal(id, resolved.ModelId);
        Assert.Equal("x", await ReadAsync(resolved));
    }

    [Theory]
    [InlineData("data:pcb.json", "is not a model")]
    [InlineData("pcb", "Invalid model URI")]
    public async Task What_is_not_a_models_URI_is_refused(string uri, string why)
    {
        var error = await Assert.ThrowsAsync<ProtocolException>(() => Client.Models.ResolveAsync(uri));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private async Task<string> LoggedModelAsync(string name, string text)
    {
        var info = (await Client.LoggedModels.CreateAsync(new() { ExperimentId = "0", Name = name, SourceRunId = RunId })).Info;
        await Client.Artifacts.UploadTextAsync(text, new ArtifactLocation.AtUri(info.ArtifactUri + "/MLmodel"));
        await Client.LoggedModels.FinalizeAsync(info.ModelId, LoggedModelStatus.Ready);
        await Client.Runs.LogOutputsAsync(new(RunId, [new(info.ModelId)]));
        return info.ModelId;
    }

    private async Task<string> ReadAsync(ResolvedModel model)
    {
        await using var file = await Client.Artifacts.OpenReadAsync(model.Location.Child("MLmodel"));
        return await new StreamReader(file).ReadToEndAsync();
    }
}
