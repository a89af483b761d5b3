using Dossier.Protocol;
using Dossier.Reports.Data;

namespace Dossier.Reports.Tests.Collect;

/// <summary>What a record looks like of which a part cannot be read.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("models:/m/1")]
    [InlineData("models:/m@a")]
    [InlineData("models:/m/latest")]
    [InlineData("models:/m/Staging")]
    [InlineData("models:/m-1")]
    public async Task A_model_that_is_not_there_is_the_servers_error(string uri)
    {
        var exception = await Assert.ThrowsAsync<ProtocolException>(() => Collected.RootAsync(new RecordedServer(), uri));
        Assert.Equal(404, exception.StatusCode);
    }

    [Theory]
    [InlineData("models:/m/Staging", """registered-models/get-latest-versions {"name": "m","stages": ["Staging"]}""", "no version in stage 'Staging'")]
    [InlineData("models:/m/latest", """registered-models/get-latest-versions {"name": "m"}""", "has no version")]
    public async Task A_model_without_a_fitting_version_is_said_to_be_so(string uri, string question, string hint)
    {
        var exception = await Assert.ThrowsAsync<ProtocolException>(() => Collected.RootAsync(new RecordedServer().Answers(question, "{}"), uri));
        Assert.Equal("RESOURCE_DOES_NOT_EXIST", exception.ErrorCode);
        Assert.Contains(hint, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_there_at_all_gives_a_top_level_error()
    {
        var root = await Collected.RootAsync(new RecordedServer(), "runs:/r9/model");
        Assert.Equal(["manifest", "error"], root.Select(member => member.Key));
        Assert.Equal("{'message': 'Nothing at /api/2.0/mlflow/runs/get?run_id=r9', 'error_code': 'RESOURCE_DOES_NOT_EXIST', 'http_status_code': 404}", PythonText.Of(root["error"]!));
    }

    [Fact]
    public async Task An_MLmodel_file_that_cannot_be_read_leaves_its_error_in_the_overview()
    {
        var root = await Collected.RootAsync(OpenSourceCollectionTests.Server().Without("MLmodel"), "runs:/r1/model");
        Assert.Equal(
            "{'error': {'message': 'Nothing at runs:/r1/model/MLmodel', 'error_code': 'RESOURCE_DOES_NOT_EXIST', 'http_status_code': 404}, 'flavors': {'warning': 'Nothing at runs:/r1/model/MLmodel'}, 'model_size_bytes': -1}",
            PythonText.Of(root["mlflow_model"]!));
        Assert.True(root.ObjectAt("run")!.Has("info"));
    }

    [Theory]
    [InlineData("a: [")]
    [InlineData("- a")]
    public async Task A_malformed_MLmodel_file_is_such_an_error_too(string yaml)
    {
        var root = await Collected.RootAsync(OpenSourceCollectionTests.Server().HasFile("runs:/r1/model/MLmodel", yaml), "runs:/r1/model");
        Assert.Contains("MLmodel cannot be read", root.ObjectAt("mlflow_model")!.ObjectAt("error")!.TextAt("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_cannot_be_listed_leave_the_size_unknown()
    {
        var model = (await Collected.RootAsync(OpenSourceCollectionTests.Server().Without("model/data"), "runs:/r1/model")).ObjectAt("mlflow_model")!;
        Assert.Equal("-1", PythonText.Of(model["model_size_bytes"]!));
        Assert.True(model.ObjectAt("artifacts")!.Has("error"));
        Assert.Equal("sklearn", model.TextAt("model_flavor"));
    }

    [Theory]
    [InlineData("""{"files": [{"path": "..", "is_dir": true}]}""")]
    [InlineData("""{"files": [{"path": "", "is_dir": true}]}""")]
    [InlineData("""{"files": [{"path": "x", "is_dir": false, "file_size": 9223372036854775807}]}""")]
    [InlineData("no JSON")]
    [InlineData("[]")]
    public async Task A_list_of_files_that_makes_no_sense_leaves_the_size_unknown(string list)
    {
        var model = (await Collected.RootAsync(OpenSourceCollectionTests.Server().Lists("runs:/r1/model", list), "runs:/r1/model")).ObjectAt("mlflow_model")!;
        Assert.Equal("-1", PythonText.Of(model["model_size_bytes"]!));
    }

    [Fact]
    public async Task A_list_of_files_without_end_is_left()
    {
        var server = OpenSourceCollectionTests.Server()
            .Lists("runs:/r1/model", """{"next_page_token": "p"}""")
            .Lists("runs:/r1/model#p", """{"files": [{"path": "x", "file_size": 1}], "next_page_token": "p"}""");
        var model = (await Collected.RootAsync(server, "runs:/r1/model")).ObjectAt("mlflow_model")!;
        Assert.Equal("-1", PythonText.Of(model["model_size_bytes"]!));
        Assert.Contains("too many pages", model.ObjectAt("artifacts")!.ObjectAt("error")!.TextAt("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_run_id_has_a_warning_in_place_of_its_run_and_no_known_size()
    {
        var server = new RecordedServer().HasFile("s3://b/m/MLmodel", "flavors: {}\n").Lists("s3://b/m", """{"files": [{"path": "MLmodel", "file_size": 5}]}""");
        var root = await Collected.RootAsync(server, "s3://b/m");
        Assert.True(root.ObjectAt("run")!.Has("warning"));
        Assert.Equal("None", PythonText.Of(root["experiment"]!));
        Assert.Equal("-1", PythonText.Of(root.ObjectAt("mlflow_model")!["model_size_bytes"]!));
        Assert.Equal("{'model_uri': 's3://b/m', 'run_uri': None, 'run_model_download_uri': None}", PythonText.Of(root.ObjectAt("manifest")!["model_uris"]!));
    }

    [Fact]
    public async Task A_run_that_cannot_be_read_leaves_its_error_and_no_experiment()
    {
        var root = await Collected.RootAsync(OpenSourceCollectionTests.Server().Without("runs/get"), "runs:/r1/model");
        Assert.Equal("Nothing at /api/2.0/mlflow/runs/get?run_id=r1", root.ObjectAt("run")!.ObjectAt("error")!.TextAt("message"));
        Assert.Equal("None", PythonText.Of(root["experiment"]!));
        Assert.Equal("sklearn", root.ObjectAt("mlflow_model")!.TextAt("model_flavor"));
    }

    [Fact]
    public async Task An_experiment_that_cannot_be_read_keeps_its_id()
    {
        var root = await Collected.RootAsync(OpenSourceCollectionTests.Server().Without("experiments/get"), "runs:/r1/model");
        Assert.Equal("{'experiment_id': '1', 'error': 'Nothing at /api/2.0/mlflow/experiments/get?experiment_id=1'}", PythonText.Of(root["experiment"]!));
        Assert.False(root.ObjectAt("run")!.ObjectAt("info")!.Has("_experiment_name"));
    }

    [Fact]
    public async Task A_registered_model_that_cannot_be_read_keeps_its_name_and_its_version()
    {
        var server = OpenSourceCollectionTests.Server().Answers("model-versions/get?name=m&version=1", """{"model_version": {"version": "1", "run_id": "r1", "source": "/tmp/somewhere"} }""");
        var root = await Collected.RootAsync(server, "models:/m/1");
        Assert.Equal("{'name': 'm', 'error': 'Nothing at /api/2.0/mlflow/registered-models/get?name=m'}", PythonText.Of(root["registered_model"]!));
        Assert.Equal("1", root.ObjectAt("model_version")!.TextAt("version"));
        Assert.Contains("where the model's files are", root.ObjectAt("mlflow_model")!.ObjectAt("error")!.TextAt("message"), StringComparison.Ordinal);
    }
}
