using System.Text.Json;

namespace Dossier.Cli.Tests;

public sealed class ListTests(DemoServer server)
{
    [Fact]
    public async Task Runs_are_a_table_that_is_not_cut_when_piped()
    {
        var runs = (await server.RunAsync("list", "runs", "--columns", "run_id,run_name,status,tags.mlflow.source.name")).Good();

        var lines = runs.Output.Split('\n');
        Assert.StartsWith("RUN ID ", lines[0], StringComparison.Ordinal);
        Assert.Contains(await server.RunIdAsync(), lines[1], StringComparison.Ordinal);
        Assert.EndsWith("02-huggingface-model-training-Andre", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public async Task Csv_holds_the_columns_as_they_are_stored()
    {
        var csv = (await server.RunAsync(
            "list", "runs", "--experiment", DemoServer.Experiment, "--format", "csv",
            "--columns", "run_name,start_time,duration,metrics.eval_f1,metrics.epoch,params.label2id,tags.none")).Good();

        Assert.Equal(
            "run_name,start_time,duration,metrics.eval_f1,metrics.epoch,params.label2id,tags.none\r\n"
            + "hugging_face,2023-08-02T07:29:17.276Z,2940449,0.9945694336695112,15.0,\"{'normal': 0, 'damaged': 1}\",\r\n",
            csv.Output);
    }

    [Fact]
    public async Task Json_holds_the_protocols_objects()
    {
        using var runs = JsonDocument.Parse((await server.RunAsync("list", "runs", "--format", "json")).Good().Output);

        var run = Assert.Single(runs.RootElement.EnumerateArray());
        Assert.Equal("FINISHED", run.GetProperty("info").GetProperty("status").GetString());
        Assert.Equal(177, run.GetProperty("data").GetProperty("params").GetArrayLength());
    }

    [Fact]
    public async Task A_limit_that_hides_something_says_so_on_standard_error()
    {
        var limited = (await server.RunAsync("list", "experiments", "--limit", "1", "--format", "csv")).Good();
        var whole = (await server.RunAsync("list", "experiments", "--limit", "2", "--format", "csv")).Good();

        Assert.Equal(2, limited.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("--limit 0", limited.Errors, StringComparison.Ordinal);
        Assert.Equal(3, whole.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Empty(whole.Errors);
    }

    [Theory]
    [InlineData("runs", "metrics.eval_f1 > 0.99 AND params.optim = 'adamw_hf'", true)]
    [InlineData("runs", "metrics.eval_f1 > 0.999", false)]
    [InlineData("experiments", "name LIKE '%pcb'", true)]
    [InlineData("experiments", "name LIKE '%elsewhere'", false)]
    [InlineData("models", "name ILIKE '%PCB%'", true)]
    [InlineData("models", "name = 'elsewhere'", false)]
    [InlineData("versions", "name LIKE '%pcb%'", true)]
    [InlineData("versions", "name = 'elsewhere'", false)]
    public async Task A_filter_finds_what_matches_and_nothing_else(string kind, string filter, bool found)
    {
        var list = (await server.RunAsync("list", kind, "--filter", filter)).Good();

        Assert.Equal(found ? 2 : 0, list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(found, list.Errors.Length == 0);
    }

    [Fact]
    public async Task A_wrong_filter_is_told_in_the_servers_words()
    {
        var ended = (await server.RunAsync("list", "runs", "--filter", "metrics.loss is small")).Failed(1);

        Assert.Contains("INVALID_PARAMETER_VALUE", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_column_is_told_with_those_that_there_are()
    {
        var ended = (await server.RunAsync("list", "runs", "--columns", "run_id,nonsense")).Failed(2);

        Assert.Contains("nonsense", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("metrics.KEY", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_experiment_is_told()
    {
        var ended = (await server.RunAsync("list", "runs", "--experiment", "nowhere")).Failed(1);

        Assert.Contains("nowhere", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_of_one_model_are_listed()
    {
        var versions = (await server.RunAsync("list", "versions", DemoServer.Model)).Good();
        var none = (await server.RunAsync("list", "versions", "it's another")).Good();

        Assert.Contains("Staging", versions.Output, StringComparison.Ordinal);
        Assert.Empty(none.Output);
    }

    [Fact]
    public async Task Artifacts_are_a_tree_whose_folders_sum_up_what_is_in_them()
    {
        var tree = (await server.RunAsync("list", "artifacts", $"models:/{DemoServer.Model}/1")).Good().Output;
        var files = (await server.RunAsync("list", "artifacts", $"models:/{DemoServer.Model}/1", "--format", "csv")).Good().Output
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToList();

        var below = files.Where(file => file[0].StartsWith("components/", StringComparison.Ordinal)).Sum(file => int.Parse(file[1]));
        Assert.Equal(9, files.Count);
        Assert.Matches(@"├── components/ +" + below + @" B +2 files", tree);
        Assert.Matches(@"│   └── tokenizer/ +\d+ B +1 file\n", tree);
        Assert.Matches(@"└── requirements\.txt +\d+ B\n$", tree);
    }
}
