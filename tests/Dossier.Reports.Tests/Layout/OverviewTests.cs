using Dossier.Reports.Data;
using Dossier.Reports.Layouts;

namespace Dossier.Reports.Tests.Layout;

public sealed class OverviewTests
{
    [Fact]
    public void The_title_is_underlined_for_each_code_point() =>
        Assert.StartsWith($"\nMLflow Model: _models:/\U0001f600/1_\n{new string('=', 27)}\n", Fixture.Report("""{"manifest": {"model_uri": "models:/😀/1"}}"""), StringComparison.Ordinal);

    [Fact]
    public void An_empty_document_shows_what_is_missing() => Assert.Equal(
        "\nMLflow Model: _None_\n====================\n\nContents\n========\n\n"
        + "* [Model Overview](#model-overview)\n* [MLflow Model](#mlflow-model)\n\t* [Details](#details)\n\t* [Signature](#signature)\n"
        + "\t* [Saved input example info](#saved-input-example-info)\n"
        + "\n# Model Overview\n  \n<b><font size=\"+1\">MLflow Model</font></b>  \n\n|Name|Value|\n| :--- | :--- |\n|model_uri|None|\n|flavor|None|\n"
        + "|flavor_version||\n|mlflow_version|None|\n|size_bytes|None|\n|databricks_runtime||\n|is_unity_catalog||\n|time_created|None|\n|report_time|None|\n"
        + "  \n<b><font size=\"+1\">MLflow Model URIs</font></b>  \n**_<font color=\"red\" size=\"+1\">None found</font>_**\n# MLflow Model\n"
        + "\n## Details\n  \n**_<font color=\"red\" size=\"+1\">None found</font>_**\n### Flavors\n  \n**_<font color=\"red\" size=\"+1\">None found</font>_**"
        + "\n## Signature\n  \n**_<font color=\"red\" size=\"+1\">None found</font>_**\n## Saved input example info\n  \n"
        + "**_<font color=\"red\" size=\"+1\">None found</font>_**",
        Fixture.Report("{}"));

    [Theory]
    [InlineData("343271516", "343,271,516")]
    [InlineData("-1", "-1")]
    [InlineData("999", "999")]
    [InlineData("12345678901234567890123", "12,345,678,901,234,567,890,123")]
    [InlineData("null", "None")]
    public void The_size_alone_has_thousands_separators(string size, string shown)
    {
        var report = Fixture.Report($$"""{"mlflow_model": {"model_size_bytes": {{size}} } }""");
        Assert.Contains($"\n|size_bytes|{shown}|\n", report, StringComparison.Ordinal);
        Assert.Equal(size != "null", report.Contains($"\n|model_size_bytes|{size}|\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", "", "")]
    [InlineData("""{"mlflow_model": {"databricks_runtime": "13.1"}, "registered_model": {"_is_unity_catalog": true}}""", "13.1", "True")]
    public void Runtime_and_Unity_Catalog_are_empty_when_unknown(string json, string runtime, string unityCatalog) =>
        Assert.Contains($"\n|databricks_runtime|{runtime}|\n|is_unity_catalog|{unityCatalog}|\n", Fixture.Report(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("2023-08-02 08:18:11.144619", "2023-08-02 08:18:11")]
    [InlineData("2023-08-02T08:18:11+02:00", "2023-08-02T08:18:11+02:00")]
    public void The_creation_time_is_cut_at_the_first_point(string time, string shown) =>
        Assert.Contains($"\n|time_created|{shown}|\n", Fixture.Report($$"""{"mlflow_model": {"utc_time_created": "{{time}}"} }"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("null", "None", "")]
    [InlineData("{}", "None", "")]
    [InlineData("""{"crate": {}}""", "None", "")]
    [InlineData("""{"python_function": {"loader_module": "mlflow.pyfunc.model"}}""", "mlflow.pyfunc.model", "")]
    [InlineData("""{"warning": "cannot be read"}""", "None", "None")]
    [InlineData("""{"python_function": {"loader_module": "mlflow.sklearn"}, "sklearn": {"sklearn_version": "1.2.2"}}""", "mlflow.sklearn", "1.2.2")]
    [InlineData("""{"keras": {"data": "x", "keras_version": "2", "save_version": "9"}, "python_function": {"loader_module": "mlflow.keras"}}""", "mlflow.keras", "2")]
    [InlineData("""{"a": {"loader_module": "m.a"}, "b": {"b_version": "3"}}""", "m.a", "3")]
    [InlineData("""{"dspy": {"x": 1}, "python_function": {"loader_module": "mlflow.dspy"}}""", "mlflow.dspy", "")]
    [InlineData("""{"onnx": {"onnx_version": "1"}, "python_function": {"loader_module": "mlflow.spark"}, "spark": {"pyspark_version": "3"}}""", "mlflow.spark", "1")]
    public void Flavor_and_its_version_come_from_the_loader_and_the_native_flavor(string flavors, string flavor, string version) =>
        Assert.Contains($"\n|flavor|{flavor}|\n|flavor_version|{version}|\n", Fixture.Report($$"""{"mlflow_model": {"flavors": {{flavors}} } }"""), StringComparison.Ordinal);

    [Fact]
    public void An_MLmodel_that_could_not_be_read_shows_its_error()
    {
        var report = Fixture.Report("""{"mlflow_model": {"error": {"message": "no"}, "flavors": {"warning": "no"}, "model_size_bytes": -1}}""");
        Assert.Contains("|Name|Value|\n| :--- | :--- |\n|error|{'message': 'no'}|\n|flavors|{'warning': 'no'}|\n|model_size_bytes|-1|\n", Fixture.Part(report, "# Model Overview"), StringComparison.Ordinal);
        Assert.Equal("  \n\n|Name|Value|\n| :--- | :--- |\n|model_size_bytes|-1|\n", Fixture.Part(report, "## Details")[..^"\n### Flavors\n\n#### Flavor 'warning'\n".Length]);
        Assert.Contains("\n### Flavors\n\n#### Flavor 'warning'\n\n## Signature\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_is_shown_on_demand_without_the_URIs()
    {
        const string Json = """{"manifest": {"model_uri": "runs:/r/m", "source": "databricks", "model_uris": {"model_uri": "runs:/r/m"}, "mlflow_version": "2.5.0", "timestamp": "t"}}""";
        var shown = Fixture.Part(Fixture.Report(Json, new LayoutOptions { ShowManifest = true }), "# Model Overview");
        Assert.EndsWith(
            "|URI type|URI|\n| :--- | :--- |\n|model_uri|runs:/r/m|\n  \n<b><font size=\"+1\">Manifest</font></b>  \n\n|Name|Value|\n| :--- | :--- |\n"
            + "|model_uri|runs:/r/m|\n|source|databricks|\n|mlflow_version|2.5.0|\n|timestamp|t|\n",
            shown,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Manifest", Fixture.Report(Json), StringComparison.Ordinal);
    }

    [Fact]
    public void Title_URI_and_report_time_can_be_chosen()
    {
        const string Json = """{"manifest": {"model_uri": "models:/m/1", "timestamp": "2023-08-20 17:24:32"}}""";
        var report = ReportRenderer.ToMarkdown(Fixture.Data(Json), new LayoutOptions(), new ShownManifest { TitleUri = "data:m.json", ReportTime = "2024-01-01 00:00:00" });
        Assert.StartsWith("\nMLflow Model: _data:m.json_\n===========================\n", report, StringComparison.Ordinal);
        Assert.Contains("\n|model_uri|models:/m/1|\n", report, StringComparison.Ordinal);
        Assert.Contains("\n|report_time|2024-01-01 00:00:00|\n", report, StringComparison.Ordinal);
        Assert.Contains("\n|report_time|2023-08-20 17:24:32|\n", Fixture.Report(Json), StringComparison.Ordinal);
    }

    [Fact]
    public void A_top_level_error_is_all_there_is_to_show() => Assert.Equal(
        "\nMLflow Model: _models:/m/1_\n===========================\n\n# **<font color=\"red\">Error</font>**\n  \n\n|Name|Value|\n| :--- | :--- |\n"
        + "|manifest|{'model_uri': 'models:/m/1'}|\n|error|no MLmodel|\n",
        Fixture.Report("""{"manifest": {"model_uri": "models:/m/1"}, "error": "no MLmodel"}"""));
}
