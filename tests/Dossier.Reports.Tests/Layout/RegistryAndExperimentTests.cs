using Dossier.Reports.Layouts;

namespace Dossier.Reports.Tests.Layout;

public sealed class RegistryAndExperimentTests
{
    private const string Absent = "  \n**_<font color=\"red\" size=\"+1\">None found</font>_**";

    [Fact]
    public void A_registered_model_shows_details_tags_and_permissions() => Assert.Equal(
        "\n## Details\n  \n\n|Name|Value|\n| :--- | :--- |\n|name|m|\n\n## Tags\n  \n\n|Name|Value|\n| :--- | :--- |\n|t|1|\n\n## Permissions\n  \n```\n{\n  \"permissions\": \"x\"\n}\n\n```",
        Fixture.Part(Fixture.Report("""{"registered_model": {"name": "m", "aliases": ["a"], "tags": {"t": "1"}, "permissions": {"permissions": "x"}}}"""), "# Registered Model"));

    [Fact]
    public void A_version_shows_its_number_as_text_and_its_tags() => Assert.Equal(
        "\n## Details\n  \n\n|Name|Value|\n| :--- | :--- |\n|version|1|\n\n## Tags\n" + Absent,
        Fixture.Part(Fixture.Report("""{"model_version": {"version": "1", "aliases": ["a"], "_transition_requests": [{"x": 1}], "transition_requests": []}}"""), "# Registered Model Version"));

    [Fact]
    public void Transition_requests_are_shown_when_there_are_any() => Assert.EndsWith(
        "\n## Transition Requests\n  \n```\n[\n  {\n    \"to_stage\": \"Production\"\n  }\n]\n\n```",
        Fixture.Report("""{"model_version": {"transition_requests": [{"to_stage": "Production"}]}}"""),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(SectionOrder.ModelFirst, "Registered Model", "Registered Model Version")]
    [InlineData(SectionOrder.VersionFirst, "Registered Model Version", "Registered Model")]
    public void The_registrys_sections_stand_in_the_chosen_order(SectionOrder order, params string[] expected)
    {
        var report = Fixture.Report("""{"registered_model": {"name": "m"}, "model_version": {"version": "1"}, "run": {}}""", new LayoutOptions { SectionOrder = order });
        string[] all = ["# Model Overview", "# MLflow Model", .. expected.Select(title => "# " + title), "# Run"];
        Assert.Equal(all, report.Split('\n').Where(line => line.StartsWith("# ", StringComparison.Ordinal)));
        Assert.Equal(all.Select(line => line[2..]), report.Split('\n').Where(line => line.StartsWith("* [", StringComparison.Ordinal)).Select(line => line[3..line.IndexOf(']', StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("# Registered Model")]
    [InlineData("# Registered Model Version")]
    [InlineData("# Run")]
    [InlineData("# Experiment")]
    public void A_section_without_data_is_missing(string heading) => Assert.DoesNotContain(
        heading + "\n", Fixture.Report("""{"registered_model": null, "run": null, "experiment": null}"""), StringComparison.Ordinal);

    [Fact]
    public void An_experiment_shows_system_and_user_tags_apart() => Assert.Equal(
        "\n## Details\n  \n\n|Name|Value|\n| :--- | :--- |\n|name|e|\n\n## Tags\n\n### MLflow System Tags\n  \n\n|Key|Value|\n| :--- | :--- |\n|mlflow.ownerId|1|\n"
        + "\n### User Tags\n" + Absent + "\n## Permissions\n" + Absent,
        Fixture.Part(Fixture.Report("""{"experiment": {"name": "e", "tags": {"mlflow.ownerId": 1}}}"""), "# Experiment"));

    [Theory]
    [InlineData("""{"name": "e"}""")]
    [InlineData("""{"experiment": {"name": "e"}}""")]
    [InlineData("""{"name": "e", "tags": {}}""")]
    public void An_experiment_without_tags_is_marked(string experiment) => Assert.Equal(
        "\n## Details\n  \n\n|Name|Value|\n| :--- | :--- |\n|name|e|\n\n## Tags\n" + Absent + "\n## Permissions\n" + Absent,
        Fixture.Part(Fixture.Report($$"""{"experiment": {{experiment}}}"""), "# Experiment"));
}
