namespace Dossier.Client.Tests.RealServer;

public sealed class FluentRunTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_run_holds_all_that_was_logged_once_it_is_disposed()
    {
        string id;
        await using (var run = await server.Client.StartRunAsync("pcb", "vit", [new("team", "vision")]))
        {
            id = run.Id;
            for (var step = 0; step < 3000; step++)
            {
                run.LogMetric("loss", 1.0 / (step + 1), step);
            }

            for (var i = 0; i < 177; i++)
            {
                run.LogParam("p" + i, i);
            }

            run.SetTag("phase", "warm-up");
            run.SetTag("phase", "done");
            await run.LogInputAsync(new() { Name = "boards", Digest = "d", SourceType = "local", Source = "{}" }, "training");
            await run.LogTextAsync("hello", "notes/hello.txt");
        }

        var logged = await server.Client.Runs.GetAsync(id);
        Assert.Equal((RunStatus.Finished, "vit"), (logged.Info.Status, logged.Info.RunName));
        Assert.NotNull(logged.Info.EndTime);
        Assert.Equal(177, logged.Data.Params!.Count);
        Assert.Equal(2999, logged.Data.Metrics!.Single().Step);
        Assert.Equal(3000, await server.Client.Runs.GetMetricHistoryAsync(id, "loss").CountAsync());
        var tags = logged.Data.Tags!.ToDictionary(tag => tag.Key, tag => tag.Value);
        Assert.Equal("done", tags["phase"]);
        Assert.Equal("vision", tags["team"]);
        Assert.Equal("LOCAL", tags["mlflow.source.type"]);
        Assert.Equal(Environment.UserName, tags["mlflow.user"]);
        Assert.Equal("Dossier.Client.Tests", tags["mlflow.source.name"]);
        Assert.Equal("boards", logged.Inputs.DatasetInputs!.Single().Dataset.Name);
    }

    [Fact]
    public async Task A_param_with_a_second_value_is_told_and_loses_nothing_else()
    {
        var run = await server.Client.StartRunAsync("conflicts");
        run.LogParam("lr", 0.1);
        await run.FlushAsync();
        for (var i = 0; i < 500; i++)
        {
            run.LogMetric("loss", i, i);
        }

        run.LogParam("lr", 0.2);
        run.LogParam("epochs", 3);
        var told = await Assert.ThrowsAsync<RunLoggingException>(() => run.DisposeAsync().AsTask());
        Assert.Equal("lr", Assert.Single(told.Failures).Param!.Key);
        Assert.Contains("Changing param values is not allowed", told.Message, StringComparison.Ordinal);

        var logged = await server.Client.Runs.GetAsync(run.Id);
        Assert.Equal([new Param("epochs", "3"), new Param("lr", "0.1")], logged.Data.Params!);
        Assert.Equal(499, logged.Data.Metrics!.Single().Step);
        Assert.Equal(RunStatus.Finished, logged.Info.Status);
    }

    [Fact]
    public async Task Work_that_throws_leaves_a_failed_run_with_what_it_logged()
    {
        var id = "";
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => server.Client.RunAsync("failures", async run =>
        {
            id = run.Id;
            run.LogMetric("loss", 1);
            await using var child = await run.StartChildRunAsync("fold 1");
            Assert.Contains(new Tag("mlflow.parentRunId", id), (await server.Client.Runs.GetAsync(child.Id)).Data.Tags!);
            throw new InvalidTimeZoneException();
        }));
        var logged = await server.Client.Runs.GetAsync(id);
        Assert.Equal(RunStatus.Failed, logged.Info.Status);
        Assert.Single(logged.Data.Metrics!);
    }

    [Fact]
    public async Task A_model_folder_is_logged_and_registered()
    {
        var folder = Directory.CreateDirectory(Path.Combine(server.Files, "model")).FullName;
        const string File1 = "artifact_path: elsewhere\nflavors:\n  onnx:\n    data: model.onnx\nmlflow_version: 2.17.0\nutc_time_created: '2026-01-02 03:04:05.678901'\n";
        await File.WriteAllTextAsync(Path.Combine(folder, "MLmodel"), File1);
        await File.WriteAllTextAsync(Path.Combine(folder, "model.onnx"), "weights");
        await using var run = await server.Client.StartRunAsync("models");
        var uri = await run.LogModelAsync(folder, "best/model");
        Assert.Equal($"runs:/{run.Id}/best/model", uri);

        await using var stored = await server.Client.Artifacts.OpenReadAsync(new ArtifactLocation.AtUri(uri + "/MLmodel"));
        Assert.Equal(File1, await new StreamReader(stored).ReadToEndAsync());
        var history = (await server.Client.Runs.GetAsync(run.Id)).Data.Tags!.Single(tag => tag.Key == "mlflow.log-model.history").Value;
        Assert.Contains(run.Id, history, StringComparison.Ordinal);
        Assert.Contains("best/model", history, StringComparison.Ordinal);
        Assert.Contains("onnx", history, StringComparison.Ordinal);

        var version = await server.Client.RegisterModelAsync(uri, "onnx model");
        Assert.Equal(("1", run.Id), (version.Version, version.RunId));
    }
}
