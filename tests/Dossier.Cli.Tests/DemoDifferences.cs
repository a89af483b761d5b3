using System.Text.RegularExpressions;

namespace Dossier.Cli.Tests;

/// <summary>
/// The differences that the demo's report must have from the seed, row by row: a server of today answers, not the workspace of 2023.
/// Any other difference fails, and so does a difference that is listed and not there.
/// </summary>
internal static partial class DemoDifferences
{
    private const string SeedRunId = "815123f2db9b49cdb9790c6a0371a4da";

    /// <summary>Rows whose value differs.</summary>
    private static readonly Dictionary<string, string[]> OtherValues = new()
    {
        ["Model Overview"] = ["size_bytes", "report_time", "reg_model_download_uri", "run_model_download_uri"],
        ["MLflow Model/Details"] = ["model_size_bytes"],
        ["Registered Model/Details"] =
        [
            "creation_timestamp", "last_updated_timestamp", "id", "_creation_timestamp", "_last_updated_timestamp", "_web_ui_link", "_api_link",
        ],
        ["Registered Model Version/Details"] =
        [
            "creation_timestamp", "last_updated_timestamp", "source", "_creation_timestamp", "_last_updated_timestamp",
            "_reg_model_download_uri", "_run_model_download_uri", "_web_ui_link", "_api_link",
        ],
        ["Run/Info"] = ["experiment_id", "artifact_uri", "_web_ui_link", "_api_link"],
        ["Experiment/Details"] =
        [
            "experiment_id", "artifact_location", "last_update_time", "creation_time", "_creation_time", "_last_update_time", "_tracking_uri",
            "_web_ui_link", "_api_link",
        ],
    };

    /// <summary>Sections with a block of JSON in which ids differ, and nothing else.</summary>
    private static readonly string[] OtherIds = ["Registered Model/Permissions", "Experiment/Permissions"];

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

        foreach (var section in OtherIds)
        {
            var (wanted, got) = (expected.TakeBody(section), actual.TakeBody(section));
            Assert.StartsWith("```", wanted, StringComparison.Ordinal);
            Assert.NotEqual(wanted, got);
            Assert.Equal(WithoutIds(wanted), WithoutIds(got));
        }

        Assert.Equal(expected.ToString(), actual.ToString());
    }

    // The roots, whose names end with the slash, are the same.
    private static string WithoutIds(string json) => ObjectId().Replace(json, "/$1/ID");

    [GeneratedRegex("/(experiments|registered-models|directories)/[0-9a-f]+")]
    private static partial Regex ObjectId();
}
