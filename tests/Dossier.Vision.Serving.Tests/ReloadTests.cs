using System.Text.Json;
using Dossier.Client;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Dossier.Testing;

namespace Dossier.Vision.Serving.Tests;

/// <summary>Against a real tracking server in this process.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private DossierServer _tracking = null!;
    private DossierClient _client = null!;

    [Fact]
    public async Task When_the_alias_moves_the_next_request_is_answered_by_the_other_version()
    {
        await VersionAsync("ok", "broken");
        await VersionAsync("good", "bad");
        await AliasAsync("1");
        await using var test = await ServeAsync("models:/pcb@champion");
        Assert.Contains(await LabelAsync(test), (string[])["ok", "broken"]);
        using (var response = await test.AskAsync(1))
        {
            Assert.Equal("1", Assert.Single(response.Headers.GetValues("Dossier-Model-Version")));
        }

        await AliasAsync("2");
        await test.Server.RefreshModelAsync(TestContext.Current.CancellationToken);
        Assert.Contains(await LabelAsync(test), (string[])["good", "bad"]);
        Assert.Equal(("pcb", "2", "ok"), await HealthAsync(test));
        Assert.Equal(1, await test.MetricAsync("dossier_scoring_model_reloads_total"));
        Assert.Equal(1, await test.MetricAsync("dossier_scoring_model_info{name=\"pcb\",version=\"2\"}"));
    }

    [Theory]
    [InlineData("models:/pcb/Staging")]
    [InlineData("models:/pcb/latest")]
    public async Task A_stage_and_latest_are_followed_by_the_server_itself(string uri)
    {
        await VersionAsync("ok", "broken");
        await _client.ModelVersions.TransitionStageAsync("pcb", "1", ModelStage.Staging);
        await using var test = await ServeAsync(uri, options => options with { PollInterval = TimeSpan.FromMilliseconds(20) });
        await VersionAsync("good", "bad");
        await _client.ModelVersions.TransitionStageAsync("pcb", "2", ModelStage.Staging);
        await test.MetricReachesAsync("dossier_scoring_model_reloads_total", 1);
        Assert.Contains(await LabelAsync(test), (string[])["good", "bad"]);
    }

    [Fact]
    public async Task A_request_in_flight_is_finished_by_the_version_that_accepted_it()
    {
        await VersionAsync("ok", "broken");
        await VersionAsync("good", "bad");
        await AliasAsync("1");
        await using var test = await ServeAsync("models:/pcb@champion", options => options with { BatchDelay = TimeSpan.FromSeconds(10) });
        test.Hold();
        var first = test.AskAsync(0);
        await test.HeldAsync();
        var before = test.AskAsync(1, 2);
        await test.MetricReachesAsync("dossier_scoring_queue_depth", 3);
        await AliasAsync("2");
        await test.Server.RefreshModelAsync(TestContext.Current.CancellationToken);
        var after = test.AskAsync(1, 2);
        await test.MetricReachesAsync("dossier_scoring_queue_depth", 5);
        test.LetGo();
        Assert.Single(await first.PredictionsAsync());
        Assert.All(await before.PredictionsAsync(), answer => Assert.Contains(answer.Label, (string[])["ok", "broken"]));
        Assert.All(await after.PredictionsAsync(), answer => Assert.Contains(answer.Label, (string[])["good", "bad"]));
    }

    [Theory]
    [InlineData("pipeline/onnx/model.onnx")]
    [InlineData("pipeline/config.json")]
    [InlineData("input_example.json")]
    [InlineData("MLmodel")]
    public async Task A_broken_version_is_not_served_and_that_is_told(string file)
    {
        await VersionAsync("ok", "broken");
        await VersionAsync("good", "bad", file);
        await VersionAsync("fine", "damaged");
        await AliasAsync("1");
        await using var test = await ServeAsync("models:/pcb@champion");
        await AliasAsync("2");
        await test.Server.RefreshModelAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("pcb", "1", "degraded"), await HealthAsync(test));
        Assert.StartsWith(
            "Loading version 2 of model 'pcb' failed; still serving version 1 of model 'pcb': ", (await test.HealthAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains(await LabelAsync(test), (string[])["ok", "broken"]);
        Assert.Equal(1, await test.MetricAsync("dossier_scoring_model_reload_failures_total"));
        Assert.Equal(1, await test.MetricAsync("dossier_scoring_model_reload_failing"));

        // It is not downloaded at every poll.
        await test.Server.RefreshModelAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await test.MetricAsync("dossier_scoring_model_reload_failures_total"));
        Assert.Equal(("pcb", "1", "degraded"), await HealthAsync(test));

        await AliasAsync("3");
        await test.Server.RefreshModelAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("pcb", "3", "ok"), await HealthAsync(test));
        Assert.Equal(0, await test.MetricAsync("dossier_scoring_model_reload_failing"));
    }

    [Fact]
    public async Task While_the_tracking_server_is_away_the_model_answers_on()
    {
        await VersionAsync("ok", "broken");
        await AliasAsync("1");
        await using var test = await ServeAsync("models:/pcb@champion");
        var port = _tracking.Url.Port;
        await _tracking.DisposeAsync();
        await test.Server.RefreshModelAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("pcb", "1", "degraded"), await HealthAsync(test));
        Assert.Contains(await LabelAsync(test), (string[])["ok", "broken"]);

        _tracking = await TrackAsync(port);
        await test.Server.RefreshModelAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("pcb", "1", "ok"), await HealthAsync(test));
        await VersionAsync("good", "bad");
        await AliasAsync("2");
        await test.Server.RefreshModelAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("pcb", "2", "ok"), await HealthAsync(test));
    }

    [Fact]
    public async Task A_model_of_a_run_is_served_without_its_torch_weights_being_fetched()
    {
        var run = await VersionAsync("ok", "broken", "pipeline/model.safetensors");
        await using var test = await ServeAsync($"runs:/{run}/model");
        Assert.Contains(await LabelAsync(test), (string[])["ok", "broken"]);
        Assert.Equal(("model", null, "ok"), await HealthAsync(test));
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_told_at_the_start()
    {
        var error = await Assert.ThrowsAsync<ProtocolException>(() => ServeAsync("models:/pcb@champion"));
        Assert.Equal(ErrorCode.ResourceDoesNotExist, error.ErrorCode);
    }

    public async ValueTask InitializeAsync()
    {
        _tracking = await TrackAsync(port: 0);
        _client = new(new(_tracking.Url) { MaxRetries = 1 });
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _tracking.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<string> LabelAsync(TestServer test) => Assert.Single(await test.AskAsync(1).PredictionsAsync()).Label;

    private static async Task<(string? Name, string? Version, string? Status)> HealthAsync(TestServer test)
    {
        var health = await test.HealthAsync();
        return (Text(health.GetProperty("model"), "name"), Text(health.GetProperty("model"), "version"), Text(health, "status"));

        static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
    }

    private Task<TestServer> ServeAsync(string uri, Func<ScoringServerOptions, ScoringServerOptions>? change = null) => TestServer.StartAsync(
        options =>
        {
            options = options with { Tracking = new(_tracking.Url) { MaxRetries = 0 }, PollInterval = TimeSpan.FromHours(1) };
            return change?.Invoke(options) ?? options;
        },
        uri);

    private Task<DossierServer> TrackAsync(int port) => DossierServer.StartAsync(new()
    {
        Port = port, BackendStore = "sqlite:///" + _folder.Combine("dossier.db"), ArtifactRoot = _folder.Combine("artifacts"),
    });

    private Task AliasAsync(string version) => _client.RegisteredModels.SetAliasAsync("pcb", "champion", version);

    /// <summary>Registers a version; one of its files may be damaged.</summary>
    private async Task<string> VersionAsync(string first, string second, string? damaged = null)
    {
        var folder = TinyModel.Write(_folder.Combine("model-" + first), first, second);
        if (damaged is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, damaged), "[damaged");
        }

        var run = (await _client.Runs.CreateAsync(new() { ExperimentId = "0" })).Info;
        await _client.Artifacts.UploadFolderAsync(folder, new ArtifactLocation.InRun(run.RunId, "model"));
        if (first == "ok")
        {
            await _client.RegisteredModels.CreateAsync(new() { Name = "pcb" });
        }

        await _client.ModelVersions.CreateAsync(new() { Name = "pcb", Source = run.ArtifactUri + "/model", RunId = run.RunId });
        return run.RunId;
    }
}
