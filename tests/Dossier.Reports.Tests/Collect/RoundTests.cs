using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Collect;
using Dossier.Reports.Data;

namespace Dossier.Reports.Tests.Collect;

/// <summary>How many calls a collection takes, and how many of them one after the other.</summary>
public sealed class RoundTests
{
    private const string Source = "mlflow-artifacts:/1/r1/artifacts/model";

    [Fact]
    public async Task A_version_with_permissions_takes_two_rounds_and_one_more_for_each_level_of_folders()
    {
        var (root, rounds) = await CollectAsync(Registered(), "models:/m/1");

        // Version → run is one dependency, model id → its permissions another. Run → experiment would be a third: the experiment's id is
        // guessed from the artifact URI. The second page of files and the folder in it can only be asked for when the first page is known.
        Assert.Equal(
            [
                [
                    "DatabricksRegisteredModel registered model 'm'",
                    "DownloadUri the files of version 1 of 'm'",
                    "ModelVersion version 1 of 'm'",
                    "TransitionRequests the requests for version 1 of 'm'",
                ],
                [
                    "Experiment experiment 1",
                    "PermissionLevels the permission levels of experiments/1",
                    "PermissionLevels the permission levels of registered-models/4e3a",
                    "Permissions the permissions on experiments/1",
                    "Permissions the permissions on registered-models/4e3a",
                    "Run run r1",
                    "list InRun { RunId = r1, Path = model, ArtifactUri = mlflow-artifacts:/1/r1/artifacts } ",
                    "open InRun { RunId = r1, Path = model/MLmodel, ArtifactUri = mlflow-artifacts:/1/r1/artifacts }",
                ],
                ["list InRun { RunId = r1, Path = model, ArtifactUri = mlflow-artifacts:/1/r1/artifacts } p2"],
                ["list InRun { RunId = r1, Path = model/data, ArtifactUri = mlflow-artifacts:/1/r1/artifacts } "],
            ],
            rounds);
        Assert.Equal("107", PythonText.Of(root.ObjectAt("mlflow_model")!["model_size_bytes"]!));
    }

    [Fact]
    public async Task Without_folders_in_the_model_it_is_two_rounds()
    {
        var (_, rounds) = await CollectAsync(Registered().Lists("runs:/r1/model", """{"files": [{"path": "MLmodel", "file_size": 9}]}"""), "models:/m/1");
        Assert.Equal(2, rounds.Count);
    }

    [Fact]
    public async Task An_experiment_with_an_artifact_location_of_its_own_takes_a_third_round()
    {
        // Nothing but the run names the experiment then.
        var server = Registered("s3://bucket/pcb/model").Answers(
            "runs/get?run_id=r1",
            """{"run": {"info": {"run_id": "r1", "experiment_id": "1", "artifact_uri": "s3://bucket/pcb"} } }""");
        var (root, rounds) = await CollectAsync(server, "models:/m/1");
        Assert.Contains("Experiment experiment 1", rounds[2]);
        Assert.Equal("Default", root.ObjectAt("experiment")!.TextAt("name"));
        Assert.Equal("sklearn", root.ObjectAt("mlflow_model")!.TextAt("model_flavor"));
    }

    [Fact]
    public async Task A_wrong_guess_never_shows()
    {
        // The run was moved to experiment 1; its files stayed where those of experiment 7 are.
        var server = Registered("mlflow-artifacts:/7/r1/artifacts/model")
            .Answers("experiments/get?experiment_id=7", """{"experiment": {"experiment_id": "7", "name": "Wrong"} }""")
            .Answers("runs/get?run_id=r1", """{"run": {"info": {"run_id": "r1", "experiment_id": "1", "artifact_uri": "mlflow-artifacts:/7/r1/artifacts"} } }""");
        var (root, rounds) = await CollectAsync(server, "models:/m/1");
        Assert.Equal("Default", root.ObjectAt("experiment")!.TextAt("name"));
        Assert.Equal("Default", root.ObjectAt("run")!.ObjectAt("info")!.TextAt("_experiment_name"));
        Assert.Contains("Experiment experiment 7", rounds[1]);
        Assert.Contains("Experiment experiment 1", rounds[2]);
    }

    [Theory]
    [InlineData("models:/m@champion", 3)]
    [InlineData("models:/m/1", 2)]
    [InlineData("runs:/r1/model", 2)]
    public async Task Which_version_an_alias_means_is_a_question_before_all_others(string uri, int count)
    {
        var server = Registered().Lists("runs:/r1/model", "{}").Answers("registered-models/alias?name=m&alias=champion", """{"model_version": {"version": "1"} }""");
        var (_, rounds) = await CollectAsync(server, uri);
        Assert.Equal(count, rounds.Count);
    }

    [Fact]
    public async Task A_version_made_from_a_logged_model_takes_two_rounds()
    {
        const string Folder = "mlflow-artifacts:/1/models/m-1/artifacts";
        var server = Registered("models:/m-1")
            .Answers("model-versions/get-download-uri?name=m&version=1", $$"""{"artifact_uri": "{{Folder}}"}""")
            .Answers("logged-models/m-1", $$"""{"model": {"info": {"model_id": "m-1", "name": "best", "experiment_id": "1", "artifact_uri": "{{Folder}}", "source_run_id": "r1"} } }""")
            .HasFile(Folder + "/MLmodel", "flavors: {onnx: {}}\n")
            .Lists(Folder, """{"files": [{"path": "MLmodel", "file_size": 9}]}""");
        var (root, rounds) = await CollectAsync(server, "models:/m/1");
        Assert.Equal(2, rounds.Count);
        Assert.Equal("onnx", root.ObjectAt("mlflow_model")!.TextAt("model_flavor"));
    }

    [Fact]
    public async Task The_seeds_workspace_is_asked_each_thing_once()
    {
        var (_, rounds) = await CollectAsync(RecordedServer.Load("pcb-model.answers.json"), "models:/dbdemos_pcb_classification/1");
        var asked = rounds.SelectMany(round => round).ToList();
        Assert.Equal(asked.Distinct(), asked);
        Assert.Equal((4, 8), (rounds[0].Count, rounds[1].Count));
        Assert.All(rounds.Skip(2), round => Assert.All(round, question => Assert.StartsWith("list ", question, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_3x_clients_run_leads_to_the_model_that_it_made()
    {
        const string Folder = "mlflow-artifacts:/1/models/m-2/artifacts";
        var server = OpenSourceCollectionTests.Server()
            .Answers(
                "runs/get?run_id=r3",
                """
                {"run": {"info": {"run_id": "r3", "experiment_id": "1", "artifact_uri": "mlflow-artifacts:/1/r3/artifacts"},
                 "outputs": {"model_outputs": [{"model_id": "m-2"}, {"model_id": "m-gone"}, {"model_id": "m-3"}]} } }
                """)
            .Answers("logged-models/m-2", $$"""{"model": {"info": {"model_id": "m-2", "name": "model", "artifact_uri": "{{Folder}}", "source_run_id": "r3"} } }""")
            .Answers("logged-models/m-3", """{"model": {"info": {"model_id": "m-3", "name": "other", "artifact_uri": "mlflow-artifacts:/x"} } }""")
            .HasFile(Folder + "/MLmodel", "flavors: {onnx: {}}\n");

        var root = await Collected.RootAsync(server, "runs:/r3/model");

        Assert.Equal("onnx", root.ObjectAt("mlflow_model")!.TextAt("model_flavor"));
        Assert.Equal(
            $"{{'model_uri': 'runs:/r3/model', 'run_uri': 'runs:/r3/model', 'run_model_download_uri': '{Folder}'}}",
            PythonText.Of(root.ObjectAt("manifest")!["model_uris"]!));
    }

    [Fact]
    public async Task The_document_does_not_depend_on_the_order_of_the_answers()
    {
        var expected = (await Collected.RootAsync(Registered(), "models:/m/1", permissions: true)).ToString();
        for (var seed = 0; seed < 100; seed++)
        {
            var server = Registered();
            server.Order = new Random(seed);
            Assert.Equal(expected, (await Collected.RootAsync(server, "models:/m/1", permissions: true)).ToString());
        }
    }

    private static async Task<(RecordObject Root, List<List<string>> Rounds)> CollectAsync(RecordedServer server, string uri)
    {
        var reader = new RoundsReader(server);
        var collector = new RecordCollector(reader, TimeProvider.System, new CollectOptions { Permissions = true });
        var data = await reader.RunAsync(() => collector.CollectAsync(ModelUri.Parse(uri), TestContext.Current.CancellationToken));
        reader.Rounds.ForEach(round => round.Sort(StringComparer.Ordinal));
        return (data.Root, reader.Rounds);
    }

    private static RecordedServer Registered(string source = Source) => OpenSourceCollectionTests.Server()
        .Answers("model-versions/get?name=m&version=1", $$"""{"model_version": {"version": "1", "run_id": "r1", "source": "{{source}}"} }""")
        .Answers("model-versions/get-download-uri?name=m&version=1", $$"""{"artifact_uri": "{{source}}"}""")
        .Answers("databricks/registered-models/get?name=m", """{"registered_model_databricks": {"name": "m", "id": "4e3a"} }""")
        .Answers("/api/2.0/permissions/registered-models/4e3a/permissionLevels", """{"permission_levels": [{"permission_level": "CAN_READ"}]}""")
        .Answers("/api/2.0/permissions/registered-models/4e3a", """{"object_id": "/registered-models/4e3a"}""")
        .Answers("/api/2.0/permissions/experiments/1/permissionLevels", """{"permission_levels": [{"permission_level": "CAN_EDIT"}]}""")
        .Answers("/api/2.0/permissions/experiments/1", """{"object_id": "/experiments/1"}""")
        .Answers("transition-requests/list?name=m&version=1", "{}");
}
