using Dossier.Protocol;
using Dossier.Reports.Data;

namespace Dossier.Reports.Tests.Collect;

public sealed class DatabricksCollectionTests
{
    private const string Error = "{'error': {'message': 'Nothing at PATH', 'MlflowReportsException': {'message': 'Nothing at PATH', 'error_code': 'RESOURCE_DOES_NOT_EXIST', 'http_status_code': 404}}}";

    [Fact]
    public async Task Without_permissions_nothing_is_asked_about_them()
    {
        var server = RecordedServer.Load("pcb-model.answers.json")
            .Answers("registered-models/get?name=dbdemos_pcb_classification", """{"registered_model": {"name": "dbdemos_pcb_classification"} }""");

        var root = await Collected.RootAsync(server, "models:/dbdemos_pcb_classification/1");

        Assert.False(root.ObjectAt("experiment")!.Has("permissions"));
        Assert.False(root.ObjectAt("registered_model")!.Has("permissions"));
        Assert.DoesNotContain(server.Asked, asked => asked.Contains("permission", StringComparison.Ordinal) || asked.Contains("/databricks/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Permissions_that_may_not_be_read_leave_their_error_in_their_place()
    {
        const string Path = "/api/2.0/permissions/experiments/3428923814239786";
        var server = RecordedServer.Load("pcb-model.answers.json").Without(Path + "/");

        var permissions = (await Collected.RootAsync(server, "models:/dbdemos_pcb_classification/1", permissions: true)).ObjectAt("experiment")!.ObjectAt("permissions")!;

        Assert.Equal(Error.Replace("PATH", Path + "/permissionLevels", StringComparison.Ordinal), PythonText.Of(permissions["permission_levels"]!));
        Assert.Equal("mlflowExperiment", permissions.ObjectAt("permissions")!.TextAt("object_type"));
    }

    [Fact]
    public async Task The_servers_order_of_tags_stays()
    {
        var root = await Collected.RootAsync(
            RecordedServer.Load("pcb-model.answers.json").Answers(
                "runs/get?run_id=815123f2db9b49cdb9790c6a0371a4da", """{"run": {"info": {}, "data": {"tags": [{"key": "b", "value": "1"}, {"key": "a", "value": "2"}]} } }"""),
            "runs:/815123f2db9b49cdb9790c6a0371a4da/model");
        Assert.Equal("{'b': 1, 'a': 2}", PythonText.Of(root.ObjectAt("run")!.ObjectAt("data")!["tags"]!));
    }

    [Theory]
    [InlineData("models:/main.ml.pcb/2")]
    [InlineData("models:/main.ml.pcb@champion")]
    [InlineData("models:/main.ml.pcb/latest")]
    public async Task A_Unity_Catalog_model_is_read_from_the_catalog_with_its_grants(string uri)
    {
        var root = await Collected.RootAsync(Catalog(), uri, permissions: true);

        Assert.Equal(
            "{'name': 'main.ml.pcb', 'tags': {}, '_is_unity_catalog': True, '_web_ui_link': 'https://ws/explore/data/models/main/ml/pcb', '_api_link': 'https://ws/api/2.0/mlflow/unity-catalog/registered-models/get?name=main.ml.pcb', 'permissions': {'permissions': {'privilege_assignments': []}, 'effective_permissions': "
            + Error.Replace("PATH", "/api/2.1/unity-catalog/effective-permissions/function/main.ml.pcb", StringComparison.Ordinal) + "}}",
            PythonText.Of(root["registered_model"]!));
        Assert.Equal(
            "{'version': '2', 'aliases': ['champion'], 'storage_location': 's3://uc/x', '_is_unity_catalog': True, '_reg_model_download_uri': 's3://uc/x', '_run_model_download_uri': None, '_web_ui_link': 'https://ws/explore/data/models/main/ml/pcb/version/2', '_api_link': 'https://ws/api/2.0/mlflow/unity-catalog/model-versions/get?name=main.ml.pcb&version=2'}",
            PythonText.Of(root["model_version"]!));
        Assert.Equal("xgboost", root.ObjectAt("mlflow_model")!.TextAt("model_flavor"));
    }

    [Fact]
    public async Task Unity_Catalog_has_no_stages()
    {
        var exception = await Assert.ThrowsAsync<ProtocolException>(() => Collected.RootAsync(Catalog(), "models:/main.ml.pcb/Staging"));
        Assert.Contains("no stages", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feature_store_model_is_collected_with_the_model_inside()
    {
        var server = Catalog()
            .HasFile("s3://uc/x/MLmodel", "flavors: {python_function: {loader_module: databricks.feature_store.mlflow_model, data: data/feature_store}}\n")
            .HasFile("s3://uc/x/data/feature_store/raw_model/MLmodel", "run_id: r1\nflavors: {sklearn: {sklearn_version: '1.2.2'}}\n")
            .HasFile("s3://uc/x/data/feature_store/feature_spec.yaml", "input_columns: [a]\n");

        var raw = (await Collected.RootAsync(server, "models:/main.ml.pcb/2"))["mlflow_model_raw"]!;

        Assert.Equal("{'model_type': 'feature_store', 'mlflow_model': {'run_id': 'r1', 'flavors': {'sklearn': {'sklearn_version': '1.2.2'}}}, 'feature_spec': {'input_columns': ['a']}}", PythonText.Of(raw));
    }

    private static RecordedServer Catalog() => new RecordedServer { IsDatabricks = true, Host = "https://ws", TrackingUri = "databricks" }
        .Answers("unity-catalog/registered-models/get?name=main.ml.pcb", """{"registered_model": {"name": "main.ml.pcb"} }""")
        .Answers("unity-catalog/registered-models/alias?name=main.ml.pcb&alias=champion", """{"model_version": {"version": 2} }""")
        .Answers("unity-catalog/model-versions/search?filter=name='main.ml.pcb'", """{"model_versions": [{"version": "1"}], "next_page_token": "n"}""")
        .Answers("unity-catalog/model-versions/search?filter=name='main.ml.pcb'&page_token=n", """{"model_versions": [{"version": "2"}]}""")
        .Answers("unity-catalog/model-versions/get?name=main.ml.pcb&version=2", """{"model_version": {"version": "2", "aliases": ["champion"], "storage_location": "s3://uc/x"} }""")
        .Answers("unity-catalog/model-versions/get-download-uri?name=main.ml.pcb&version=2", """{"artifact_uri": "s3://uc/x"}""")
        .Answers("/api/2.1/unity-catalog/permissions/function/main.ml.pcb", """{"privilege_assignments": []}""")
        .HasFile("s3://uc/x/MLmodel", "flavors: {python_function: {}, xgboost: {}}\n");
}
