using Dossier.Client;
using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Collect;
using Dossier.Server.Hosting;
using Dossier.Testing;

namespace Dossier.Cli.Tests;

/// <summary>What a report with permissions costs over HTTP, against a real server.</summary>
public sealed class ReportRoundsTests
{
    [Fact(Timeout = 120_000)]
    public async Task A_report_with_permissions_takes_two_rounds_of_calls_and_asks_each_thing_once()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var server = await DossierServer.StartAsync(
            new() { Port = 0, BackendStore = "sqlite:///" + folder.Combine("dossier.db"), ArtifactRoot = folder.Combine("artifacts") }, stop);
        using var setUp = new DossierClient(new(server.Url));
        var run = (await setUp.Runs.CreateAsync(new() { ExperimentId = "0" }, stop)).Info;
        await setUp.Artifacts.UploadTextAsync("flavors: {onnx: {}}", new ArtifactLocation.InRun(run.RunId, "model/MLmodel"), cancellationToken: stop);
        await setUp.RegisterModelAsync($"runs:/{run.RunId}/model", "pcb", stop);
        var expected = await CollectAsync(setUp);

        using var sockets = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var rounds = new RoundsHandler(sockets, 4, 8);
        using var client = new DossierClient(new(server.Url) { MaxRetries = 0 }, rounds);
        var record = await CollectAsync(client);

        // First what the URI names; then the run, which the version names; the model's permissions, which take the model's id; and the
        // experiment and the files, whose places the version's source tells. A model with folders takes one more round for each level.
        var id = record.ObjectAt("registered_model")!.TextAt("id");
        const string Api = "GET /api/2.0/mlflow/";
        Assert.Equal(
            [
                Api + "databricks/registered-models/get?name=pcb",
                Api + "model-versions/get-download-uri?name=pcb&version=1",
                Api + "model-versions/get?name=pcb&version=1",
                Api + "transition-requests/list?name=pcb&version=1",
            ],
            rounds.Sent[0].Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                $"GET /api/2.0/mlflow-artifacts/artifacts/0/{run.RunId}/artifacts/model/MLmodel",
                $"GET /api/2.0/mlflow-artifacts/artifacts?path=0/{run.RunId}/artifacts/model",
                Api + "experiments/get?experiment_id=0",
                Api + "runs/get?run_id=" + run.RunId,
                "GET /api/2.0/permissions/experiments/0",
                "GET /api/2.0/permissions/experiments/0/permissionLevels",
                "GET /api/2.0/permissions/registered-models/" + id,
                $"GET /api/2.0/permissions/registered-models/{id}/permissionLevels",
            ],
            rounds.Sent[1].Order(StringComparer.Ordinal));
        Assert.Equal(Text(expected), Text(record));
        Assert.True(record.ObjectAt("experiment")!.ObjectAt("permissions")!.ObjectAt("permissions")!.Has("access_control_list"));
    }

    private static async Task<RecordObject> CollectAsync(DossierClient client) =>
        (await new RecordCollector(client.Records, TimeProvider.System, new() { Permissions = true }).CollectAsync(ModelUri.Parse("models:/pcb/1"), TestContext.Current.CancellationToken)).Root;

    private static string Text(RecordObject record)
    {
        record.ObjectAt("manifest")!.Take("timestamp");
        return record.ToString();
    }
}
