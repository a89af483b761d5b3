using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>"Run": the training run's info, params, metrics, inputs and tags.</summary>
internal static class RunSection
{
    private static readonly string[] DatasetMembers = ["name", "digest", "source_type", "source", "profile"];

    public static void Lay(ClassicBody to, RunView? run, LayoutOptions options)
    {
        if (run is null)
        {
            return;
        }

        to.Heading(1, "Run");
        if (run.Error is { } error)
        {
            to.ErrorHeading(2);
            to.KeyValues(ParseError(error) ?? run.Members);
        }
        else if (run.IsUnknown)
        {
            to.KeyValues(run.Members);
        }
        else
        {
            to.KeyValues(2, "Info", run.Info);
            to.KeyValues(2, "Params", run.Params, "Param");
            to.KeyValues(2, "Metrics", run.Metrics, "Metric");
            to.Heading(2, "Inputs");
            if (options.ShowInputs)
            {
                LayInputs(to, run.DatasetInputs);
            }

            TagGroups.Lay(to, run.Tags);
            ExplodedTags.Lay(to, run.Tags);
        }
    }

    /// <summary>The datasets that the run used, a row each, by what it used them for.</summary>
    private static void LayInputs(ClassicBody to, IReadOnlyList<RecordObject> uses)
    {
        if (uses.Count == 0)
        {
            to.Absent();
        }
        else
        {
            to.Grid(["Context", "Name", "Digest", "Source type", "Source", "Profile"], uses.Select(Row));
        }
    }

    private static IEnumerable<RecordValue> Row(RecordObject use)
    {
        var dataset = use.ObjectAt("dataset") ?? [];
        return DatasetMembers.Select(member => dataset[member] ?? RecordNull.Value).Prepend(Context(use["tags"]));
    }

    // What a dataset is used for is a tag of the use.
    private static RecordValue Context(RecordValue? tags) =>
        (tags as RecordList)?.OfType<RecordObject>().FirstOrDefault(tag => tag.TextAt("key") == WellKnownTags.DataContext)?["value"] ?? RecordNull.Value;

    private static RecordObject? ParseError(RecordValue error) =>
        error as RecordObject
        ?? (error is RecordText text && JsonReader.TryParse(text.Value, JsonReader.MaxDepth, out var value) ? value as RecordObject : null);
}
