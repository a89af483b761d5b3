using Dossier.Reports.Layouts;

namespace Dossier.Reports.Tests.Layout;

public sealed class RunTests
{
    private const string Absent = "  \n**_<font color=\"red\" size=\"+1\">None found</font>_**";

    [Fact]
    public void A_run_with_nothing_in_it_has_all_its_headings() => Assert.Equal(
        "\n## Info\n" + Absent + "\n## Params\n" + Absent + "\n## Metrics\n" + Absent + "\n## Inputs\n\n## Tags\n\n### Other System Tags\n" + Absent
        + "\n### User Tags\n" + Absent + "\n### Exploded Tags\n\n#### Spark Datasources\n" + Absent,
        Fixture.Part(Fixture.Report("""{"run": {}}"""), "# Run"));

    [Fact]
    public void Info_shows_every_member() => Assert.Equal(
        "  \n\n|Name|Value|\n| :--- | :--- |\n|a|None|\n|b|[1]|\n", Fixture.Part(Fixture.Report("""{"run": {"info": {"a": null, "b": [1]}}}"""), "## Info"));

    [Fact]
    public void Params_and_metrics_keep_their_order_and_a_repeated_key_its_first_place_and_last_value()
    {
        var report = Data("""{"params": [{"key": "b", "value": "1"}, {"key": "a", "value": null}, {"key": "b", "value": "2"}], "metrics": [{"key": "m", "value": 1e-08, "step": 3}]}""");
        Assert.Equal("  \n\n|Param|Value|\n| :--- | :--- |\n|b|2|\n|a|None|\n", Fixture.Part(report, "## Params"));
        Assert.Equal("  \n\n|Metric|Value|\n| :--- | :--- |\n|m|1e-08|\n", Fixture.Part(report, "## Metrics"));
    }

    [Fact]
    public void Inputs_are_a_heading_only() => Assert.Equal(
        "", Fixture.Part(Fixture.Report("""{"run": {"inputs": {"dataset_inputs": [{"dataset": {"name": "d"}}]}}}"""), "## Inputs"));

    [Fact]
    public void Inputs_are_listed_on_demand_with_what_they_were_used_for() => Assert.Equal(
        "  \n\n|Context|Name|Digest|Source type|Source|Profile|\n| :--- | :--- | :--- | :--- | :--- | :--- |\n|train|boards|d1|local|/b|None|\n|None|d|None|None|None|None|\n",
        Fixture.Part(
            Fixture.Report(
                """
                {"run": {"inputs": {"dataset_inputs": [
                  {"tags": [{"key": "mlflow.data.context", "value": "train"}], "dataset": {"name": "boards", "digest": "d1", "source_type": "local", "source": "/b"}},
                  {"dataset": {"name": "d"}}]}}}
                """,
                new LayoutOptions { ShowInputs = true }),
            "## Inputs"));

    [Fact]
    public void A_run_without_inputs_says_so_on_demand() =>
        Assert.Equal(Absent, Fixture.Part(Fixture.Report("""{"run": {"inputs": {}}}""", new LayoutOptions { ShowInputs = true }), "## Inputs"));

    [Theory]
    [InlineData("mlflow.databricks.gitRepoUrl", "Git Repo Tags")]
    [InlineData("mlflow.databricks.notebookID", "Notebook Tags")]
    [InlineData("mlflow.databricks.cluster.info", "Cluster Tags")]
    [InlineData("mlflow.databricks.webappURL", "Workspace Tags")]
    [InlineData("mlflow.databricks.workspaceID", "Workspace Tags")]
    [InlineData("mlflow.source.git.commit", "Source Tags")]
    [InlineData("mlflow.databricks.jobID", "Job Tags")]
    [InlineData("mlflow.user", "Other System Tags")]
    [InlineData("mlflowx", "Other System Tags")]
    [InlineData("mlflow.databricks.other", "Other System Tags")]
    [InlineData("team", "User Tags")]
    [InlineData("Mlflow.user", "User Tags")]
    public void A_tag_stands_in_the_group_of_its_prefix(string key, string title)
    {
        var report = Data($$"""{"tags": {"{{key}}": {"a": 1} } }""");
        Assert.Equal($"  \n\n|Key|Value|\n| :--- | :--- |\n|{key}|{{'a': 1}}|\n", Fixture.Part(report, "### " + title));
    }

    [Fact]
    public void Tag_groups_stand_in_fixed_order_and_only_the_last_two_when_empty()
    {
        var report = Data("""{"tags": {"u": "1", "mlflow.databricks.job": "1", "mlflow.source.x": "1", "mlflow.databricks.w": "1", "mlflow.databricks.cluster": "1", "mlflow.databricks.notebook": "1", "mlflow.databricks.gitRepo": "1"}}""");
        string[] titles = ["Git Repo", "Notebook", "Cluster", "Workspace", "Source", "Job", "Other System", "User"];
        Assert.Equal(
            titles.Select(title => $"### {title} Tags").Append("### Exploded Tags"),
            Fixture.Part(report, "## Tags").Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)));
        Assert.Equal(Absent, Fixture.Part(report, "### Other System Tags"));
    }

    [Fact]
    public void Spark_sources_are_a_table_of_format_version_and_path()
    {
        var report = Data("""{"tags": {"sparkDatasourceInfo": [{"path": "s3://b", "version": "43", "format": "delta", "more": "x"}, {}]}}""");
        Assert.Equal("  \n\n|Format|Version|Path|\n| :--- | :--- | :--- |\n|delta|43|s3://b|\n|None||None|\n", Fixture.Part(report, "#### Spark Datasources"));
    }

    [Fact]
    public void A_cluster_shows_its_id_its_info_and_the_last_library_of_each_type()
    {
        var report = Data(
            """
            {"tags": {
              "mlflow.databricks.cluster.id": "c-1",
              "mlflow.databricks.cluster.info": {"num_workers": 0, "spec": {"x": null}},
              "mlflow.databricks.cluster.libraries": {
                "installable": [{"pypi": {"package": "a"}}, {"jar": "j"}, {"pypi": {"package": "b"}, "more": 1}], "redacted": [{"whl": "w"}]},
              "mlflow.databricks.cluster.libraries.error": "boom"}}
            """);
        Assert.Equal(
            "  \n\n|Key|Value|\n| :--- | :--- |\n|cluster_id|c-1|\n|num_workers|0|\n|spec|{'x': None}|\n", Fixture.Part(report, "#### Cluster Info"));
        Assert.Equal(
            "\n##### Installable Libraries\n  \n\n|Name|Value|\n| :--- | :--- |\n|pypi|{'package': 'b'}|\n|jar|j|\n"
            + "\n##### Redacted Libraries\n  \n\n|Name|Value|\n| :--- | :--- |\n|whl|w|\n  \n```\n\"boom\"\n\n```",
            Fixture.Part(report, "#### Cluster Libraries"));
    }

    [Fact]
    public void A_cluster_id_alone_shows_just_the_id()
    {
        var report = Data("""{"tags": {"mlflow.databricks.cluster.id": "c-1"}}""");
        Assert.EndsWith("\n#### Cluster Info\n  \n\n|Key|Value|\n| :--- | :--- |\n|cluster_id|c-1|\n\n#### Cluster Libraries\n", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"mlflow.databricks.cluster.id": "", "mlflow.databricks.cluster.info": {"a": 1}}""")]
    public void Without_a_cluster_id_there_is_no_cluster(string tags) => Assert.DoesNotContain("#### Cluster", Data($$"""{"tags": {{tags}}}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"message": "no such run", "code": 404}""")]
    [InlineData(""" "{\"message\": \"no such run\", \"code\": 404}" """)]
    public void A_run_that_could_not_be_read_shows_its_error_and_nothing_else(string error)
    {
        var report = Fixture.Report($$"""{"run": {"error": {{error}}}, "experiment": null}""");
        Assert.EndsWith(
            "\n# Run\n\n## **<font color=\"red\">Error</font>**\n  \n\n|Name|Value|\n| :--- | :--- |\n|message|no such run|\n|code|404|\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_is_plain_text_is_shown_as_it_is() => Assert.EndsWith(
        "Error</font>**\n  \n\n|Name|Value|\n| :--- | :--- |\n|error|gone|\n", Fixture.Report("""{"run": {"error": "gone"}}"""), StringComparison.Ordinal);

    [Fact]
    public void A_model_without_a_run_shows_the_warning() => Assert.EndsWith(
        "\n# Run\n  \n\n|Name|Value|\n| :--- | :--- |\n|warning|no run id|\n", Fixture.Report("""{"run": {"warning": "no run id"}}"""), StringComparison.Ordinal);

    private static string Data(string json) => Fixture.Report($$"""{"run": {"data": {{json}} } }""");
}
