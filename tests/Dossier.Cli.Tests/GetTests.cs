using System.Text.Json;

namespace Dossier.Cli.Tests;

public sealed class GetTests(DemoServer server)
{
    [Fact]
    public async Task A_run_shows_its_metrics_params_and_tags_in_full()
    {
        var run = (await server.RunAsync("get", "run", await server.RunIdAsync())).Good().Output;

        Assert.Matches(@"\n  status +FINISHED\n", run);
        Assert.Contains("Metrics (13)", run, StringComparison.Ordinal);
        Assert.Matches(@"\n  total_flos +1\.7913435348529054e\+19 +3615 +2023-08-02 08:18:09\n", run);
        Assert.Contains("Params (177)", run, StringComparison.Ordinal);
        Assert.Contains("Tags (17)", run, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_as_json_is_the_protocols_object()
    {
        using var run = JsonDocument.Parse((await server.RunAsync("get", "run", await server.RunIdAsync(), "--format", "json")).Good().Output);

        Assert.Equal(1690961357276, run.RootElement.GetProperty("info").GetProperty("start_time").GetInt64());
    }

    [Fact]
    public async Task An_experiment_is_found_by_name_and_by_id()
    {
        var named = (await server.RunAsync("get", "experiment", DemoServer.Experiment)).Good();
        var numbered = (await server.RunAsync("get", "experiment", "1")).Good();

        Assert.Equal(named.Output, numbered.Output);
        Assert.Contains("Tags (4)", named.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_shows_its_newest_versions()
    {
        var model = (await server.RunAsync("get", "model", DemoServer.Model)).Good().Output;

        Assert.Matches(@"\n +1  Staging +\d{4}-\d\d-\d\d ", model);
    }

    [Theory]
    [InlineData("/1")]
    [InlineData("/staging")]
    [InlineData("/latest")]
    public async Task A_version_is_found_by_number_stage_and_as_the_latest(string which)
    {
        var version = (await server.RunAsync("get", "version", $"models:/{DemoServer.Model}{which}")).Good().Output;

        Assert.StartsWith($"Model version {DemoServer.Model} 1\n", version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_mlmodel_file_is_printed_as_it_is_or_as_json()
    {
        var file = (await server.RunAsync("get", "mlmodel", $"models:/{DemoServer.Model}/1")).Good().Output;
        using var json = JsonDocument.Parse((await server.RunAsync("get", "mlmodel", $"models:/{DemoServer.Model}/1", "--format", "json")).Good().Output);

        Assert.StartsWith("artifact_path: model\n", file, StringComparison.Ordinal);
        Assert.Contains("utc_time_created: '2023-08-02 08:18:11.144619'\n", file, StringComparison.Ordinal);
        Assert.Equal("2.3.1", json.RootElement.GetProperty("mlflow_version").GetString());
    }

    [Theory]
    [InlineData("run", "0123456789abcdef0123456789abcdef")]
    [InlineData("experiment", "nowhere")]
    [InlineData("model", "nowhere")]
    [InlineData("version", "models:/nowhere/1")]
    [InlineData("version", $"models:/{DemoServer.Model}/Production")]
    [InlineData("version", $"models:/{DemoServer.Model}@champion")]
    [InlineData("mlmodel", "models:/nowhere/1")]
    [InlineData("signature", $"models:/{DemoServer.Model}/1")]
    public async Task What_is_not_there_is_told_in_a_line_and_ends_with_1(string kind, string name)
    {
        var ended = (await server.RunAsync("get", kind, name)).Failed(1);

        Assert.Empty(ended.Output);
        Assert.Single(ended.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
