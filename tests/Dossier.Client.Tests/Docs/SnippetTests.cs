#pragma warning disable CA2007, CA1822
using Dossier.Client.Tests.RealServer;

namespace Dossier.Client.Tests.Docs;

/// <summary>The code of docs/sdk.md, run against a real server; <see cref="SdkPageTests"/> holds the page to it.</summary>
public sealed class SnippetTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Log_a_run()
    {
        var client = server.Client;
        #region run
        await client.RunAsync("pcb", async run =>
        {
            run.LogParam("learning_rate", 3e-4);
            run.SetTag("team", "vision");
            for (var epoch = 0; epoch < 3; epoch++)
            {
                run.LogMetric("loss", 1.0 / (epoch + 1), step: epoch);
            }

            await run.LogTextAsync("a b c", "labels.txt");
        });
        #endregion
        Assert.Equal(RunStatus.Finished, (await client.Runs.SearchAsync(new() { ExperimentIds = [await IdOfAsync("pcb")] }).FirstAsync()).Info.Status);
    }

    [Fact]
    public async Task Log_a_run_by_using()
    {
        var client = server.Client;
        #region using
        await using var run = await client.StartRunAsync("pcb", runName: "fold 1");
        try
        {
            run.LogMetric("accuracy", 0.97);
        }
        catch
        {
            run.Fail();
            throw;
        }
        #endregion
        await run.FlushAsync();
        Assert.Equal("fold 1", (await client.Runs.GetAsync(run.Id)).Info.RunName);
    }

    [Fact]
    public async Task Log_and_register_a_model()
    {
        var client = server.Client;
        var folder = Directory.CreateDirectory(Path.Combine(server.Files, "vit")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "MLmodel"), "flavors:\n  onnx: {}\n");
        #region model
        await using var run = await client.StartRunAsync("pcb");
        var uri = await run.LogModelAsync(folder, "model");
        var version = await client.RegisterModelAsync(uri, "pcb-vit");
        await client.ModelVersions.TransitionStageAsync(version.Name, version.Version, ModelStage.Staging);
        await client.RegisteredModels.SetAliasAsync(version.Name, "champion", version.Version);
        #endregion
        Assert.Equal("1", (await client.RegisteredModels.GetVersionByAliasAsync("pcb-vit", "champion")).Version);
        var cache = Path.Combine(server.Files, "cache");
        #region resolve
        var model = await client.Models.ResolveAsync("models:/pcb-vit@champion");
        await client.Artifacts.DownloadFolderAsync(model.Location, Path.Combine(cache, $"{model.Name}-{model.Version}"));
        #endregion
        Assert.True(File.Exists(Path.Combine(cache, "pcb-vit-1", "MLmodel")));
    }

    [Fact]
    public async Task Search_and_read()
    {
        var client = server.Client;
        await using (var logged = await client.StartRunAsync("searched"))
        {
            logged.LogMetric("accuracy", 0.97, step: 1);
            logged.LogMetric("accuracy", 0.98, step: 2);
        }

        var experimentId = await IdOfAsync("searched");
        var found = new List<string>();
        #region search
        var good = new SearchRuns { ExperimentIds = [experimentId], Filter = "metrics.accuracy > 0.9", OrderBy = ["metrics.accuracy DESC"] };
        await foreach (var run in client.Runs.SearchAsync(good))
        {
            await foreach (var point in client.Runs.GetMetricHistoryAsync(run.Info.RunId, "accuracy"))
            {
                found.Add($"{run.Info.RunName} {point.Step} {point.Value}");
            }
        }
        #endregion
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public async Task Review_a_version()
    {
        var client = server.Client;
        await client.RegisteredModels.CreateAsync(new() { Name = "pcb-reviewed" });
        await client.ModelVersions.CreateAsync(new() { Name = "pcb-reviewed", Source = "s3://bucket/model" });
        var history = new List<string>();
        #region review
        var request = await client.Review.CreateRequestAsync("pcb-reviewed", "1", ModelStage.Production, "F1 is 0.97 on the new line");
        if (request.AvailableActions?.Contains(ActivityAction.ApproveTransitionRequest) == true)
        {
            await client.Review.ApproveAsync("pcb-reviewed", "1", ModelStage.Production, archiveExisting: true);
        }

        await client.Review.CommentAsync("pcb-reviewed", "1", "Line 2 runs with it from today on.");
        await foreach (var activity in client.Review.ListActivitiesAsync("pcb-reviewed", "1"))
        {
            history.Add($"{activity.UserId}: {activity.ActivityType} {activity.FromStage} {activity.ToStage}");
        }
        #endregion
        Assert.Equal(["local: NEW_COMMENT  ", "local: APPROVED_REQUEST None Production", "local: REQUESTED_TRANSITION None Production"], history);
    }

    [Fact]
    public async Task Download_artifacts()
    {
        var client = server.Client;
        var run = (await client.Runs.CreateAsync(new() { ExperimentId = "0" })).Info;
        await client.Artifacts.UploadTextAsync("x", new ArtifactLocation.InRun(run.RunId, "model/MLmodel"));
        var folder = Path.Combine(server.Files, "downloaded");
        #region artifacts
        var model = new ArtifactLocation.InRun(run.RunId, "model");
        await client.Artifacts.DownloadFolderAsync(model, folder);
        await using var file = await client.Artifacts.OpenReadAsync(model.Child("MLmodel"));
        #endregion
        Assert.True(File.Exists(Path.Combine(folder, "MLmodel")));
    }

    [Fact]
    public void Connect()
    {
        #region connect
        using var local = new DossierClient(new DossierClientOptions(new Uri("http://localhost:5000"))
        {
            Credentials = Credentials.Bearer("my-token"),
        });
        #endregion
        Assert.Equal("http://localhost:5000", local.Options.TrackingUri);
    }

    private async Task<string> IdOfAsync(string experiment) => (await server.Client.Experiments.FindByNameAsync(experiment))!.ExperimentId;
}
