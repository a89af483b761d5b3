using Dossier.Reports.Layouts;

namespace Dossier.Reports.Tests.Layout;

public sealed class MlModelTests
{
    private const string Absent = "  \n**_<font color=\"red\" size=\"+1\">None found</font>_**";

    [Fact]
    public void Details_show_strings_numbers_and_truth_values_and_drop_nulls_and_containers() => Assert.StartsWith(
        "  \n\n|Name|Value|\n| :--- | :--- |\n|s|x|\n|i|1|\n|f|1.5|\n|b|True|\n|e||\n\n### Flavors",
        Fixture.Part(Model("""{"s": "x", "n": null, "i": 1, "l": [1], "f": 1.50, "o": {}, "b": true, "e": ""}"""), "## Details"),
        StringComparison.Ordinal);

    [Fact]
    public void A_flavors_table_shows_every_member_in_order() => Assert.Equal(
        "  \n\n|Name|Value|\n| :--- | :--- |\n|z|None|\n|a|['x', None]|\n|m|{'k': 'v'}|\n",
        Fixture.Part(Model("""{"flavors": {"f": {"z": null, "a": ["x", null], "m": {"k": "v"}}}}"""), "#### Flavor 'f'"));

    [Fact]
    public void A_flavor_without_members_is_marked_and_a_placeholder_has_its_heading_only()
    {
        var report = Model("""{"flavors": {"none": {}, "warning": "w", "nothing": null}}""");
        Assert.Equal(Absent, Fixture.Part(report, "#### Flavor 'none'"));
        Assert.Equal("", Fixture.Part(report, "#### Flavor 'warning'"));
        Assert.Equal(Absent, Fixture.Part(report, "#### Flavor 'nothing'"));
    }

    [Fact]
    public void Flavors_can_be_shown_as_JSON()
    {
        var report = Fixture.Report("""{"mlflow_model": {"flavors": {"f": {"a": 1.0, "é": []}}}}""", new LayoutOptions { ShowAsJson = true });
        Assert.Equal("  \n```\n{\n  \"a\": 1.0,\n  \"\\u00e9\": []\n}\n\n```", Fixture.Part(report, "#### Flavor 'f'"));
    }

    [Fact]
    public void Flavors_are_not_in_the_contents_list() => Assert.DoesNotContain("(#flavors)", Model("""{"flavors": {"f": {"a": 1}}}"""), StringComparison.Ordinal);

    [Fact]
    public void A_signature_shows_names_and_types_of_inputs_and_types_and_tensor_specs_of_outputs()
    {
        var report = Model(
            """
            {"signature": {
              "inputs": [{"name": "a", "type": "double", "required": true}, {"type": "string"}, {"type": "tensor", "tensor-spec": {"dtype": "float64"}}],
              "outputs": [{"type": "double"}, {"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1]}}],
              "params": [{"name": "p"}]}}
            """);
        Assert.Equal(
            "\n### Inputs\n  \n\n|Column|Type|\n| :--- | :--- |\n|a|double|\n|None|string|\n|None|tensor|\n"
            + "\n### Outputs\n  \n\n|Type name|Type value|\n| :--- | :--- |\n|double|None|\n|tensor|{'dtype': 'float64', 'shape': [-1]}|\n",
            Fixture.Part(report, "## Signature"));
    }

    [Theory]
    [InlineData("""{"inputs": [], "outputs": []}""", "\n### Inputs\n\n### Outputs\n")]
    [InlineData("""{"inputs": null, "outputs": null, "params": null}""", "\n### Inputs\n" + Absent + "\n### Outputs\n" + Absent)]
    [InlineData("null", Absent)]
    [InlineData("{}", Absent)]
    public void A_signature_without_rows_has_headings_and_without_lists_is_marked(string signature, string expected) =>
        Assert.Equal(expected, Fixture.Part(Model($$"""{"signature": {{signature}}}"""), "## Signature"));

    [Fact]
    public void List_tables_keep_line_breaks_of_their_cells_and_escape_pipes() => Assert.Contains(
        "|a\nb\\|c|x|\n",
        Fixture.Part(Model("""{"signature": {"inputs": [{"name": "a\nb|c", "type": "x"}]}}"""), "### Inputs"),
        StringComparison.Ordinal);

    [Fact]
    public void Name_and_value_tables_show_line_breaks_of_a_string_value_and_escape_pipes_everywhere() => Assert.Equal(
        "  \n\n|Name|Value|\n| :--- | :--- |\n|k\\|1|a<br/>b\\|c\rd|\n|k2|['a\\nb\\|']|\n",
        Fixture.Part(Model("""{"saved_input_example_info": {"k|1": "a\nb|c\rd", "k2": ["a\nb|"]}}"""), "## Saved input example info"));

    [Fact]
    public void A_feature_store_model_shows_the_model_inside_it()
    {
        var report = Fixture.Report(
            """{"mlflow_model_raw": {"model_type": "fs", "mlflow_model": {"run_id": "r", "flavors": {"f": {"a": 1}}, "signature": {"inputs": []}}, "feature_spec": {"x": 1}}}""");
        Assert.Equal(
            "\n## Details\n  \n\n|Name|Value|\n| :--- | :--- |\n|run_id|r|\n\n## Flavors\n\n### Flavor 'f'\n  \n\n|Name|Value|\n| :--- | :--- |\n|a|1|\n"
            + "\n## Feature Spec\n  \n```\n{\n  \"x\": 1\n}\n\n```",
            Fixture.Part(report, "# Raw Model - Feature Store"));
        Assert.Contains("\n* [Raw Model - Feature Store](#raw-model---feature-store)\n\t* [Details](#details)\n\t* [Flavors](#flavors)\n\t* [Feature Spec](#feature-spec)\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrapped_model_of_an_unknown_kind_has_no_section_of_its_own() => Assert.DoesNotContain(
        "Raw Model", Fixture.Report("""{"mlflow_model_raw": {"model_type": "unknown", "loader_module": "x"}}"""), StringComparison.Ordinal);

    private static string Model(string json) => Fixture.Report($$"""{"mlflow_model": {{json}}}""");
}
