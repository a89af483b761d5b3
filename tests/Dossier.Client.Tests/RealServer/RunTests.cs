namespace Dossier.Client.Tests.RealServer;

public sealed class RunTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private RunsClient Calls => server.Client.Runs;

    [Fact]
    public async Task A_run_lives_through_all_its_calls()
    {
        var run = (await Calls.CreateAsync(new() { ExperimentId = "0", RunName = "first", StartTime = 1000, Tags = [new("a", "b")] })).Info;
        Assert.Equal((RunStatus.Running, "first", 1000L), (run.Status, run.RunName, run.StartTime));
        await Calls.SetTagAsync(run.RunId, "k", "v");
        await Calls.DeleteTagAsync(run.RunId, "a");
        await Calls.LogParamAsync(run.RunId, "lr", "0.1");
        await Calls.LogMetricAsync(run.RunId, new() { Key = "loss", Value = double.NaN, Timestamp = 5, Step = 1 });
        await Calls.LogBatchAsync(new()
        {
            RunId = run.RunId,
            Metrics = [new() { Key = "loss", Value = 0.25, Timestamp = 6, Step = 2 }],
            Params = [new("epochs", "3")],
            Tags = [new("k2", "v2")],
        });
        var info = await Calls.UpdateAsync(new() { RunId = run.RunId, Status = RunStatus.Finished, EndTime = 2000, RunName = "second" });
        Assert.Equal((RunStatus.Finished, 2000L, "second"), (info.Status, info.EndTime, info.RunName));

        var data = (await Calls.GetAsync(run.RunId)).Data;
        Assert.Equal([new Param("epochs", "3"), new Param("lr", "0.1")], data.Params!);
        Assert.Equal(["k", "k2", "mlflow.runName"], data.Tags!.Select(tag => tag.Key));
        Assert.Equal((0.25, 2L), (data.Metrics!.Single().Value, data.Metrics!.Single().Step));

        await Calls.DeleteAsync(run.RunId);
        Assert.Equal(LifecycleStage.Deleted, (await Calls.GetAsync(run.RunId)).Info.LifecycleStage);
        await Calls.RestoreAsync(run.RunId);
        Assert.Equal(LifecycleStage.Active, (await Calls.GetAsync(run.RunId)).Info.LifecycleStage);
    }

    [Fact]
    public async Task A_metric_history_is_read_page_by_page_in_its_order()
    {
        var runId = await NewRunAsync();
        foreach (var part in Enumerable.Range(0, 26_500).Chunk(1000))
        {
            await Calls.LogBatchAsync(new() { RunId = runId, Metrics = [.. part.Select(i => new Metric { Key = "m", Value = i / 2.0, Timestamp = i, Step = i })] });
        }

        var steps = await Calls.GetMetricHistoryAsync(runId, "m").Select(metric => metric.Step).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 26_500).Select(i => (long)i), steps);

        var bulk = await Calls.GetMetricHistoryBulkAsync([runId], "m", maxResults: 10);
        Assert.Equal(10, bulk.Count);
        Assert.All(bulk, metric => Assert.Equal(runId, metric.RunId));
        var sampled = await Calls.GetMetricHistoryBulkIntervalAsync([runId], "m", maxResults: 20, startStep: 100, endStep: 200);
        Assert.All(sampled, metric => Assert.InRange(metric.Step, 100, 200));
        Assert.Contains(sampled, metric => metric.Step == 100);
    }

    [Fact]
    public async Task Runs_are_found_by_what_they_logged()
    {
        var experiment = await server.Client.Experiments.CreateAsync(new() { Name = "searched" });
        for (var i = 0; i < 5; i++)
        {
            var run = await Calls.CreateAsync(new() { ExperimentId = experiment, RunName = "r" + i });
            await Calls.LogBatchAsync(new() { RunId = run.Info.RunId, Metrics = [new() { Key = "acc", Value = i / 10.0, Timestamp = 1 }], Params = [new("kind", i % 2 == 0 ? "vit" : "cnn")] });
        }

        var search = new SearchRuns { ExperimentIds = [experiment], Filter = "params.kind = 'vit' AND metrics.acc > 0.1", OrderBy = ["metrics.acc DESC"], MaxResults = 1 };
        Assert.Equal(["r4", "r2"], await Calls.SearchAsync(search).Select(run => run.Info.RunName).ToListAsync());
        var error = await Assert.ThrowsAsync<ProtocolException>(() => Calls.SearchPageAsync(search with { Filter = "metrics.acc >" }));
        Assert.Contains("Invalid clause", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_and_outputs_come_back()
    {
        var runId = await NewRunAsync();
        var dataset = new Dataset { Name = "boards", Digest = "d1", SourceType = "local", Source = """{"uri": "boards.csv"}""" };
        await Calls.LogInputsAsync(new(runId, [new() { Dataset = dataset, Tags = [new("mlflow.data.context", "train")] }], null));
        var run = await Calls.GetAsync(runId);
        Assert.Equal(dataset, run.Inputs.DatasetInputs!.Single().Dataset);

        var summary = Assert.Single(await server.Client.Experiments.SearchDatasetsAsync(["0"]), found => found.Name == "boards");
        Assert.Equal(("d1", "train"), (summary.Digest, summary.Context));

        var model = await server.Client.LoggedModels.CreateAsync(new() { ExperimentId = "0", Name = "m", SourceRunId = runId });
        await Calls.LogOutputsAsync(new(runId, [new(model.Info.ModelId, 3)]));
        Assert.Equal(model.Info.ModelId, (await Calls.GetAsync(runId)).Outputs.ModelOutputs!.Single().ModelId);
    }

    private async Task<string> NewRunAsync() => (await Calls.CreateAsync(new() { ExperimentId = "0" })).Info.RunId;
}
