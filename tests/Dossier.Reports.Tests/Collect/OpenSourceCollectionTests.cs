using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Tests.Collect;

/// <summary>Collecting from our own server or an open-source MLflow server.</summary>
public sealed class OpenSourceCollectionTests
{
    [Theory]
    [InlineData("models:/m/3", "3")]
    [InlineData("models:/m/staging", "2")]
    [InlineData("models:/m/latest", "10")]
    [InlineData("models:/m@champion", "3")]
    public async Task A_registered_model_is_found_by_version_stage_latest_and_alias(string uri, string version)
    {
        var server = Server()
            .Answers("""registered-models/get-latest-versions {"name": "m","stages": ["Staging"]}""", """{"model_versions": [{"version": "2"}]}""")
            .Answers("""registered-models/get-latest-versions {"name": "m"}""", """{"model_versions": [{"version": "9"}, {"version": "10"}, {"version": "2"}]}""")
            .Answers("registered-models/alias?name=m&alias=champion", """{"model_version": {"version": "3"}}""")
            .Answers("registered-models/get?name=m", """{"registered_model": {"name": "m", "latest_versions": [{}], "aliases": [{"alias": "champion", "version": "3"}]}}""")
            .Answers($"model-versions/get?name=m&version={version}", $$"""{"model_version": {"name": "m", "version": "{{version}}", "run_id": "r1", "source": "mlflow-artifacts:/1/r1/artifacts/model", "tags": [{"key": "t", "value": "5"}]} }""")
            .Answers($"model-versions/get-download-uri?name=m&version={version}", """{"artifact_uri": "mlflow-artifacts:/1/r1/artifacts/model"}""");

        var root = await Collected.RootAsync(server, uri);

        Assert.Equal(
            $$"""{'name': 'm', 'version': '{{version}}', 'run_id': 'r1', 'source': 'mlflow-artifacts:/1/r1/artifacts/model', 'tags': {'t': '5'}, '_is_unity_catalog': False, '_reg_model_download_uri': 'mlflow-artifacts:/1/r1/artifacts/model', '_run_model_download_uri': 'mlflow-artifacts:/1/r1/artifacts/model', '_web_ui_link': 'http://localhost:5000#/models/m/versions/{{version}}', '_api_link': 'http://localhost:5000/api/2.0/mlflow/model-versions/get?name=m&version={{version}}'}""",
            PythonText.Of(root["model_version"]!));
        Assert.Equal(
            "{'name': 'm', 'aliases': [{'alias': 'champion', 'version': '3'}], 'tags': {}, '_is_unity_catalog': False, '_web_ui_link': 'http://localhost:5000#/models/m', '_api_link': 'http://localhost:5000/api/2.0/mlflow/registered-models/get?name=m'}",
            PythonText.Of(root["registered_model"]!));
        Assert.Equal(
            $"{{'model_uri': '{uri}', 'run_uri': 'runs:/r1/model', 'reg_model_download_uri': 'mlflow-artifacts:/1/r1/artifacts/model', 'run_model_download_uri': 'mlflow-artifacts:/1/r1/artifacts/model'}}",
            PythonText.Of(root.ObjectAt("manifest")!["model_uris"]!));
    }

    [Fact]
    public async Task A_runs_model_has_no_registry_sections_and_its_lists_are_sorted_as_Databricks_sorts_them()
    {
        var root = await Collected.RootAsync(Server(), "runs:/r1/model");

        Assert.Equal(["manifest", "mlflow_model", "run", "experiment"], root.Select(member => member.Key));
        Assert.Equal("{'model_uri': 'runs:/r1/model', 'run_uri': 'runs:/r1/model', 'run_model_download_uri': 'mlflow-artifacts:/1/r1/artifacts/model'}", PythonText.Of(root.ObjectAt("manifest")!["model_uris"]!));
        Assert.Equal("http://localhost:5000", root.ObjectAt("manifest")!.TextAt("source"));
        Assert.Equal("2024-05-06 07:08:09", root.ObjectAt("manifest")!.TextAt("timestamp"));
        Assert.Equal(
            "{'info': {'run_id': 'r1', 'experiment_id': '1', 'start_time': 1690961357276, 'end_time': 1690964297725, 'artifact_uri': 'mlflow-artifacts:/1/r1/artifacts', '_start_time': '2023-08-02 07:29:17', '_end_time': '2023-08-02 08:18:18', '_duration': 2940.449, '_experiment_name': 'Default', '_web_ui_link': 'http://localhost:5000#/experiments/1/runs/r1', '_api_link': 'http://localhost:5000/api/2.0/mlflow/runs/get?run_id=r1'}, "
            + "'data': {'params': [{'key': '_p', 'value': 0.5}, {'key': 'a.b', 'value': 'x'}, {'key': 'ab', 'value': None}], 'metrics': [{'key': 'a', 'value': 1.0}, {'key': 'b', 'value': 2.0}], 'tags': {'Z': 1, 'mlflow.user': 'u'}}, 'inputs': {}}",
            PythonText.Of(root["run"]!));
        Assert.Equal(
            "{'experiment_id': '1', 'name': 'Default', 'creation_time': 1690961026005, 'tags': {'k': 'v'}, '_creation_time': '2023-08-02 07:23:46', '_tracking_uri': 'http://localhost:5000', '_web_ui_link': 'http://localhost:5000#/experiments/1', '_api_link': 'http://localhost:5000/api/2.0/mlflow/experiments/get?experiment_id=1'}",
            PythonText.Of(root["experiment"]!));
    }

    [Fact]
    public async Task The_model_has_its_flavor_the_sum_of_its_files_and_their_tree()
    {
        var model = (await Collected.RootAsync(Server(), "runs:/r1/model")).ObjectAt("mlflow_model")!;

        Assert.Equal(["run_id", "flavors", "model_flavor", "model_size_bytes", "artifacts"], model.Select(member => member.Key));
        Assert.Equal("sklearn", model.TextAt("model_flavor"));
        Assert.Equal(
            "{'file_size': 107, 'files': [{'path': 'MLmodel', 'is_dir': False, 'file_size': 100}, {'path': 'data', 'is_dir': True, 'file_size': 7, 'files': [{'path': 'data/x', 'is_dir': False, 'file_size': 3}, {'path': 'data/y', 'is_dir': False, 'file_size': 4}]}]}",
            PythonText.Of(model["artifacts"]!));
        Assert.Equal(107, ((RecordNumber)model["model_size_bytes"]!).ToDouble());
    }

    [Fact]
    public async Task A_size_in_the_MLmodel_file_is_replaced_where_it_stands()
    {
        var server = Server().HasFile("runs:/r1/model/MLmodel", "model_size_bytes: 1\nrun_id: r1\n");
        Assert.StartsWith("{'model_size_bytes': 107, 'run_id': 'r1', ", PythonText.Of((await Collected.RootAsync(server, "runs:/r1/model"))["mlflow_model"]!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_logged_model_is_found_by_its_id()
    {
        var server = Server()
            .Answers("logged-models/m-1", """{"model": {"info": {"model_id": "m-1", "name": "best", "artifact_uri": "mlflow-artifacts:/1/models/m-1/artifacts", "source_run_id": "r1"} } }""")
            .HasFile("mlflow-artifacts:/1/models/m-1/artifacts/MLmodel", "artifact_path: mlflow-artifacts:/1/models/m-1/artifacts\nmodel_id: m-1\nflavors: {}\n")
            .Lists("mlflow-artifacts:/1/models/m-1/artifacts", """{"files": [{"path": "MLmodel", "is_dir": false, "file_size": "12"}]}""");

        var root = await Collected.RootAsync(server, "models:/m-1");

        Assert.Equal("{'model_uri': 'models:/m-1', 'run_uri': 'runs:/r1/best', 'run_model_download_uri': 'mlflow-artifacts:/1/models/m-1/artifacts'}", PythonText.Of(root.ObjectAt("manifest")!["model_uris"]!));
        Assert.Equal("12", PythonText.Of(root.ObjectAt("mlflow_model")!["model_size_bytes"]!));
        Assert.Equal("r1", root.ObjectAt("run")!.ObjectAt("info")!.TextAt("run_id"));
        Assert.False(root.Has("registered_model"));
    }

    [Fact]
    public async Task A_version_made_from_a_logged_model_is_read_from_there()
    {
        var server = Server()
            .Answers("logged-models/m-1", """{"model": {"info": {"name": "best", "artifact_uri": "mlflow-artifacts:/1/models/m-1/artifacts"} } }""")
            .HasFile("mlflow-artifacts:/1/models/m-1/artifacts/MLmodel", "flavors: {onnx: {}}\n")
            .Answers("model-versions/get?name=m&version=1", """{"model_version": {"version": "1", "run_id": "r1", "source": "models:/m-1"} }""")
            .Answers("registered-models/get?name=m", """{"registered_model": {"name": "m"} }""");

        var root = await Collected.RootAsync(server, "models:/m/1");

        Assert.Equal("onnx", root.ObjectAt("mlflow_model")!.TextAt("model_flavor"));
        Assert.Equal("{'model_uri': 'models:/m/1', 'run_uri': 'runs:/r1/best', 'reg_model_download_uri': None, 'run_model_download_uri': 'mlflow-artifacts:/1/models/m-1/artifacts'}", PythonText.Of(root.ObjectAt("manifest")!["model_uris"]!));
    }

    [Fact]
    public async Task An_artifact_URI_leads_to_the_run_in_its_MLmodel_file()
    {
        var server = Server()
            .HasFile("s3://bucket/model/MLmodel", "run_id: r1\nartifact_path: model\nflavors: {python_function: {loader_module: x}}\n")
            .Lists("s3://bucket/model", "{}");

        var root = await Collected.RootAsync(server, "s3://bucket/model");

        Assert.Equal("python_function", root.ObjectAt("mlflow_model")!.TextAt("model_flavor"));
        Assert.Equal("0", PythonText.Of(root.ObjectAt("mlflow_model")!["model_size_bytes"]!));
        Assert.Equal("r1", root.ObjectAt("run")!.ObjectAt("info")!.TextAt("run_id"));
        Assert.Equal("{'model_uri': 's3://bucket/model', 'run_uri': 'runs:/r1/model', 'run_model_download_uri': 'mlflow-artifacts:/1/r1/artifacts/model'}", PythonText.Of(root.ObjectAt("manifest")!["model_uris"]!));
    }

    [Fact]
    public async Task Names_are_encoded_in_links()
    {
        var server = Server()
            .Answers("model-versions/get?name=a b+c&version=1", """{"model_version": {"version": "1"} }""")
            .Answers("registered-models/get?name=a b+c", """{"registered_model": {"name": "a b+c"} }""");

        var version = (await Collected.RootAsync(server, "models:/a b+c/1")).ObjectAt("model_version")!;

        Assert.Equal("http://localhost:5000#/models/a%20b%2Bc/versions/1", version.TextAt("_web_ui_link"));
        Assert.Equal("http://localhost:5000/api/2.0/mlflow/model-versions/get?name=a+b%2Bc&version=1", version.TextAt("_api_link"));
    }

    [Fact]
    public async Task A_dot_in_a_name_means_Unity_Catalog_on_Databricks_only()
    {
        var server = Server()
            .Answers("model-versions/get?name=a.b.c&version=1", """{"model_version": {"version": "1"} }""")
            .Answers("registered-models/get?name=a.b.c", """{"registered_model": {"name": "a.b.c"} }""");
        Assert.Equal("False", PythonText.Of((await Collected.RootAsync(server, "models:/a.b.c/1")).ObjectAt("registered_model")!["_is_unity_catalog"]!));
    }

    [Fact]
    public async Task A_server_without_permissions_is_asked_for_them_and_gives_the_same_record()
    {
        var server = Server()
            .Answers("model-versions/get?name=m&version=1", """{"model_version": {"version": "1", "run_id": "r1"} }""")
            .Answers("registered-models/get?name=m", """{"registered_model": {"name": "m"} }""");

        var without = await Collected.RootAsync(server, "models:/m/1");
        var with = await Collected.RootAsync(server, "models:/m/1", permissions: true);

        Assert.Equal(without.ToString(), with.ToString());
        Assert.Contains(server.Asked, asked => asked.Contains("/permissions/experiments/1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Dossier_server_tells_permissions_of_experiment_and_model()
    {
        var server = Server()
            .Answers("model-versions/get?name=m&version=1", """{"model_version": {"version": "1", "run_id": "r1"} }""")
            .Answers("databricks/registered-models/get?name=m", """{"registered_model_databricks": {"name": "m", "id": "4e3a", "permission_level": "CAN_EDIT"} }""")
            .Answers("/api/2.0/permissions/registered-models/4e3a/permissionLevels", """{"permission_levels": [{"permission_level": "CAN_READ"}]}""")
            .Answers("/api/2.0/permissions/registered-models/4e3a", """{"object_id": "/registered-models/4e3a"}""")
            .Answers("/api/2.0/permissions/experiments/1/permissionLevels", """{"permission_levels": [{"permission_level": "CAN_EDIT"}]}""")
            .Answers("/api/2.0/permissions/experiments/1", """{"object_id": "/experiments/1"}""");

        var root = await Collected.RootAsync(server, "models:/m/1", permissions: true);

        Assert.Equal(
            "{'permission_levels': [{'permission_level': 'CAN_READ'}], 'permissions': {'object_id': '/registered-models/4e3a'}}",
            PythonText.Of(root.ObjectAt("registered_model")!["permissions"]!));
        Assert.Equal("CAN_EDIT", root.ObjectAt("registered_model")!.TextAt("permission_level"));
        Assert.Equal(
            "{'permission_levels': [{'permission_level': 'CAN_EDIT'}], 'permissions': {'object_id': '/experiments/1'}}",
            PythonText.Of(root.ObjectAt("experiment")!["permissions"]!));
    }

    [Theory]
    [InlineData("{}", "[]")]
    [InlineData("""{"requests": [{"to_stage": "Production"}]}""", "[{'to_stage': 'Production'}]")]
    public async Task A_Dossier_server_tells_the_open_transition_requests(string answer, string collected)
    {
        var server = Server()
            .Answers("model-versions/get?name=m&version=1", """{"model_version": {"version": "1", "run_id": "r1"} }""")
            .Answers("transition-requests/list?name=m&version=1", answer);

        Assert.Equal(collected, PythonText.Of((await Collected.RootAsync(server, "models:/m/1")).ObjectAt("model_version")!["_transition_requests"]!));
    }

    [Fact]
    public async Task A_server_without_transition_requests_gives_none()
    {
        var server = Server().Answers("model-versions/get?name=m&version=1", """{"model_version": {"version": "1", "run_id": "r1"} }""");

        Assert.Null((await Collected.RootAsync(server, "models:/m/1")).ObjectAt("model_version")!["_transition_requests"]);
    }

    internal static RecordedServer Server() => new RecordedServer()
        .Answers(
            "runs/get?run_id=r1",
            """
            {"run": {
              "info": {"run_id": "r1", "experiment_id": "1", "start_time": 1690961357276, "end_time": "1690964297725", "artifact_uri": "mlflow-artifacts:/1/r1/artifacts"},
              "data": {
                "tags": [{"key": "mlflow.user", "value": "u"}, {"key": "Z", "value": "1"}],
                "params": [{"key": "ab", "value": "null"}, {"key": "a.b", "value": "x"}, {"key": "_p", "value": "0.50"}],
                "metrics": [{"key": "b", "value": 2.0}, {"key": "a", "value": 1.0}]}}}
            """)
        .Answers("experiments/get?experiment_id=1", """{"experiment": {"experiment_id": "1", "name": "Default", "tags": [{"key": "k", "value": "v"}], "creation_time": 1690961026005} }""")
        .HasFile("runs:/r1/model/MLmodel", "run_id: r1\nflavors:\n  python_function:\n    loader_module: mlflow.sklearn\n  sklearn:\n    sklearn_version: 1.2.2\n")
        .Lists("runs:/r1/model", """{"files": [{"path": "model/MLmodel", "is_dir": false, "file_size": 100}], "next_page_token": "p2"}""")
        .Lists("runs:/r1/model#p2", """{"files": [{"path": "model/data", "is_dir": true}]}""")
        .Lists("runs:/r1/model/data", """{"files": [{"path": "x", "file_size": "3"}, {"path": "model/data/y", "is_dir": false, "file_size": 4}]}""");
}
