namespace Dossier.Cli.Tests;

/// <summary>
/// The differences that the demo's report must have from the seed, row by row: a server of today answers, not the workspace of 2023.
/// Any other difference fails, and so does a difference that is listed and not there.
/// </summary>
internal static class DemoDifferences
{
    private const string SeedRunId = "815123f2db9b49cdb9790c6a0371a4da";
    private const string Absent = "**_<font color=\"red\" size=\"+1\">None found</font>_**";

    /// <summary>Rows whose value differs.</summary>
    private static readonly Dictionary<string, string[]> OtherValues = new()
    {
        ["Model Overview"] = ["size_bytes", "report_time", "reg_model_download_uri", "run_model_download_uri"],
        ["MLflow Model/Details"] = ["model_size_bytes"],
        ["Registered Model/Details"] =
        [
            "creation_timestamp", "last_updated_timestamp", "user_id", "_creation_timestamp", "_last_updated_timestamp", "_web_ui_link", "_api_link",
        ],
        ["Registered Model Version/Details"] =
        [
            "creation_timestamp", "last_updated_timestamp", "user_id", "source", "_creation_timestamp", "_last_updated_timestamp",
            "_reg_model_download_uri", "_run_model_download_uri", "_web_ui_link", "_api_link",
        ],
        ["Run/Info"] = ["experiment_id", "artifact_uri", "_web_ui_link", "_api_link"],
        ["Experiment/Details"] =
        [
            "experiment_id", "artifact_location", "last_update_time", "creation_time", "_creation_time", "_last_update_time", "_tracking_uri",
            "_web_ui_link", "_api_link",
        ],
    };

    /// <summary>Rows that only Databricks answers.</summary>
    private static readonly Dictionary<string, string[]> OnlyInSeed = new()
    {
        ["Registered Model/Details"] = ["id", "permission_level"],
    };

    /// <summary>Sections that are full in the seed and empty in the demo: open servers tell no permissions.</summary>
    private static readonly string[] AbsentInDemo = ["Registered Model/Permissions", "Experiment/Permissions"];

    /// <summary>Compares the reports.</summary>
    public static void AssertNoOthers(string seed, string demo)
    {
        var runId = demo.Split("|run_uri|runs:/")[1].Split('/')[0];
        var expected = ReportRows.Read(seed);
        var actual = ReportRows.Read(demo.Replace(runId, SeedRunId, StringComparison.Ordinal));

        Assert.NotEqual(SeedRunId, runId);
        foreach (var (section, rows) in OtherValues)
        {
            foreach (var row in rows)
            {
                Assert.NotEqual(expected.Blank(section, row), actual.Blank(section, row));
            }
        }

        Each(OnlyInSeed, (section, row) => Assert.NotNull(expected.Take(section, row)));
        foreach (var section in AbsentInDemo)
        {
            Assert.StartsWith("```", expected.TakeBody(section), StringComparison.Ordinal);
            Assert.Equal(Absent, actual.TakeBody(section));
        }

        Assert.Equal(expected.ToString(), actual.ToString());
    }

    private static void Each(Dictionary<string, string[]> rules, Action<string, string> check)
    {
        foreach (var (section, rows) in rules)
        {
            Array.ForEach(rows, row => check(section, row));
        }
    }
}
