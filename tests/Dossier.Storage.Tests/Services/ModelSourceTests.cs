using Dossier.Core.Access;
using Dossier.Core.LoggedModels;
using Dossier.Core.Prompts;
using Dossier.Core.Registry;
using Dossier.Core.Tracking;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Services;

/// <summary>The rules for a version's source, with real runs, logged models and versions behind them.</summary>
public sealed class ModelSourceTests() : EmptyStoreTests(new SqliteFixture())
{
    private const string User = "ada";

    [Fact]
    public async Task A_source_in_a_run_leads_to_the_runs_artifacts()
    {
        var run = await RunAsync();
        Assert.Equal($"mlflow-artifacts:/0/{run}/artifacts/model/x", await DownloadUriAsync($"runs:/{run}/model/x"));
        Assert.Equal($"mlflow-artifacts:/0/{run}/artifacts", await DownloadUriAsync($"runs:/{run}"));
        Assert.Equal(
            "Run with id=nope not found", await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => DownloadUriAsync("runs:/nope/model")));
    }

    [Fact]
    public async Task A_source_that_is_a_model_leads_to_that_models_files()
    {
        var logged = await new LoggedModelService(Store.LoggedModels, TimeProvider.System).CreateAsync(
            await PassAsync(LoggedModelService.MayCreate, new() { Name = "vit" }), default);
        Assert.Equal(logged.Info.ArtifactUri, await DownloadUriAsync($"models:/{logged.Info.ModelId}"));

        Assert.Equal("s3://bucket/vit", await DownloadUriAsync("s3://bucket/vit", model: "other"));
        Assert.Equal("s3://bucket/vit", await DownloadUriAsync("models:/other/1"));

        Assert.Equal(
            "Logged model with ID 'm-9' not found.", await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => DownloadUriAsync("models:/m-9")));
        Assert.Equal(
            "Model Version (name=other, version=7) not found",
            await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => DownloadUriAsync("models:/other/7")));
        Assert.Contains(
            "Invalid model version source", await RefusedAsync(ErrorCode.InvalidParameterValue, () => DownloadUriAsync("models:/other/Staging")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mlflow-artifacts:/1/r/artifacts/model")]
    [InlineData("s3://bucket/model")]
    [InlineData("dbfs:/models/x")]
    public async Task An_artifact_uri_is_where_it_says(string source) => Assert.Equal(source, await DownloadUriAsync(source));

    [Theory]
    [InlineData("mlflow-artifacts:/1/../2/secret")]
    [InlineData("mlflow-artifacts:/1/%2e%2e/2/secret")]
    [InlineData("mlflow-artifacts:/1/%252e%252e/2/secret")]
    [InlineData("mlflow-artifacts:/1//x")]
    [InlineData("s3://bucket/../other")]
    [InlineData("runs:/RUN/../../other")]
    [InlineData("runs:/RUN/..%2f..%2fother")]
    [InlineData("runs:")]
    [InlineData("models:/")]
    [InlineData("models:/a/b/c")]
    [InlineData("file:///etc/passwd")]
    [InlineData("file:/etc/passwd")]
    [InlineData("FILE:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("etc/passwd")]
    [InlineData("C:\\Windows")]
    [InlineData("javascript:alert(1)")]
    public async Task A_source_that_leads_out_is_refused(string source)
    {
        var run = await RunAsync();
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => DownloadUriAsync(source.Replace("RUN", run, StringComparison.Ordinal), run));
        Assert.Empty((await Store.Registry.SearchVersionsAsync(Query(), PromptScope.All, ReadScope.Everything, default)).Items);
    }

    [Fact]
    public async Task A_local_path_is_refused_in_the_words_that_clients_know() => Assert.Equal(
        "Invalid model version source: '/etc'. To use a local path as a model version source, the run_id request parameter has to be specified and the "
        + "local path has to be contained within the artifact directory of the run specified by the run_id.",
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => DownloadUriAsync("file:///etc")));

    [Fact]
    public async Task A_local_path_is_fine_inside_the_artifacts_of_an_imported_run()
    {
        var experiment = await Store.Tracking.CreateExperimentAsync(
            new() { Name = "imported", ArtifactLocation = "file:///srv/mlruns/5" }, "mlflow-artifacts:", At(1), default);
        var run = await RunAsync(experiment);
        Assert.Equal($"/srv/mlruns/5/{run}/artifacts/model", await DownloadUriAsync($"/srv/mlruns/5/{run}/artifacts/model", run));
        Assert.Equal($"file:///srv/mlruns/5/{run}/artifacts", await DownloadUriAsync($"file:///srv/mlruns/5/{run}/artifacts", run));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => DownloadUriAsync($"/srv/mlruns/5/{run}/artifacts-else/model", run));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => DownloadUriAsync($"/srv/mlruns/5/{run}/artifacts/model"));
    }

    [Fact]
    public async Task The_source_of_a_prompt_is_a_placeholder() => Assert.Equal(
        "dummy-source", await DownloadUriAsync("dummy-source", tags: new Tag("mlflow.prompt.is_prompt", "true")));

    private async Task<string> RunAsync(string experimentId = "0") =>
        (await new RunService(Store.Tracking, TimeProvider.System).CreateAsync(
            await PassAsync(RunService.MayCreate, new() { ExperimentId = experimentId }), default)).Info.RunId;

    private async Task<string> DownloadUriAsync(string source, string? runId = null, string model = "pcb", params Tag[] tags)
    {
        if (await Store.Registry.GetModelAsync(model, default) is null)
        {
            await Store.Registry.CreateModelAsync(new() { Name = model }, At(1), default);
        }

        var versions = new ModelVersionService(
            Store.Registry, new ModelSourceResolver(Store.Tracking, Store.LoggedModels, Store.Registry, new(Store.Access)), TimeProvider.System);
        var version = await versions.CreateAsync(
            await PassAsync(ModelVersionService.MayCreate, new() { Name = model, Source = source, RunId = runId, Tags = tags }), default);
        Assert.Equal(source, version.Source);
        return await versions.GetDownloadUriAsync(await PassAsync(ModelVersionService.MayGet, new(model, version.Version)), default);
    }
}
