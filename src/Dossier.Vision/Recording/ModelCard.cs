using System.Globalization;
using System.Text;
using Dossier.Vision.Judging;
using Dossier.Vision.Model;

namespace Dossier.Vision.Recording;

/// <summary>What people should know of a model, in Markdown: what it tells apart, from which data, how well, and what to beware of.</summary>
internal static class ModelCard
{
    // What MLflow's own store takes of a version's description.
    private const int MaxLength = 5000;
    private const int MaxClasses = 10;

    public static string Of(ViTConfig config, RecordedData data, Judgement test)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Tells pictures apart: {Names(config.Labels)}. ");
        text.Append(CultureInfo.InvariantCulture, $"A vision transformer with {config.NumHiddenLayers} layers of width {config.HiddenSize}, for pictures of {config.ImageSize} × {config.ImageSize} pixels");
        text.Append(config.NameOrPath is { Length: > 0 } name ? $", fine-tuned from `{name}`.\n" : ", trained from scratch.\n");
        AppendData(text, data);
        AppendMeasures(text, test);
        AppendFindings(text, data, test);
        return text.Length <= MaxLength ? text.ToString() : text.ToString(0, MaxLength - 1) + "…";
    }

    /// <summary>The first names of a list, as code.</summary>
    public static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MaxClasses).Select(name => $"`{name}`")) + (names.Count > MaxClasses ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MaxClasses} more") : "");

    private static void AppendData(StringBuilder text, RecordedData data)
    {
        var splits = data.Splits;
        text.Append(CultureInfo.InvariantCulture, $"\n## Data\n\n`{splits.Set.Name}`, digest `{splits.Set.Digest}`, split by {splits.Method.ToString().ToLowerInvariant()}");
        text.Append(splits.Set.Skipped.Count == 0 ? ".\n\n" : string.Create(CultureInfo.InvariantCulture, $". Unreadable pictures that are left out: {splits.Set.Skipped.Count}.\n\n"));
        var classes = splits.Set.Classes.Take(MaxClasses).ToList();
        text.Append("| part | pictures |").AppendJoin("|", classes.Select(name => $" {name.Replace('|', '/')} ")).Append("|\n| --- | ---: |");
        text.AppendJoin("|", classes.Select(_ => " ---: ")).Append("|\n");
        foreach (var (part, pictures) in new[] { ("train", splits.Train), ("validation", splits.Validation), ("test", splits.Test) })
        {
            text.Append(CultureInfo.InvariantCulture, $"| {part} | {pictures.Count} |");
            text.AppendJoin("|", classes.Select(name => $" {pictures.Count(picture => picture.Label == name).ToString(CultureInfo.InvariantCulture)} ")).Append("|\n");
        }
    }

    private static void AppendMeasures(StringBuilder text, Judgement test)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## On {test.Predictions.Targets.Count} test pictures\n\n");
        text.Append("| measure | value | 95 % interval |\n| --- | ---: | --- |\n");
        foreach (var (name, value) in test.Metrics)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {value:0.0000} | {test.Intervals[name].Low:0.0000} to {test.Intervals[name].High:0.0000} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| expected calibration error | {test.Calibration.ExpectedError:0.0000} | |\n\n");
        text.Append(test.Classes.Count == 2
            ? $"The positive class is `{test.Classes[test.Positive].Name}`."
            : "Precision, recall and F1 are means over the classes.");
        if (test.Threshold is { } threshold && test.AtThreshold.TryGetValue("f1", out var f1))
        {
            text.Append(CultureInfo.InvariantCulture, $" At the threshold {threshold:0.000}, chosen on the validation pictures, precision is {test.AtThreshold["precision"]:0.0000}, recall {test.AtThreshold["recall"]:0.0000}, F1 {f1:0.0000}.");
        }

        text.Append(" Intervals are from a bootstrap stratified by class.\n");
    }

    private static void AppendFindings(StringBuilder text, RecordedData data, Judgement test)
    {
        text.Append("\n## Findings\n\n");
        text.Append("- ").Append(data.Leakage.Finding ?? "No test or validation picture was found in training, neither as it is nor nearly so.").Append('\n');
        var pictures = test.Predictions.Targets.Count;
        if (test.Metrics["accuracy"] >= 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"- No test picture was misclassified. With {pictures} pictures this shows an error rate below about {Math.Min(1, 3.0 / pictures):P1}, not that there are no errors.\n");
        }

        if (test.Classes.MinBy(one => one.Support) is { Support: < 30 } rare)
        {
            text.Append(CultureInfo.InvariantCulture, $"- Only {rare.Support} test pictures are `{rare.Name}`: its metrics are rough estimates.\n");
        }
    }
}
