using System.Text;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;
using Dossier.Reports.Layouts;

namespace Dossier.Reports.Tests;

/// <summary>The seed: a report of 2023 and the data document behind it.</summary>
internal static class Fixture
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", name));

    public static DataDocument Seed => DataDocument.Parse(Bytes("pcb-model.data.json"));

    /// <summary>A data document from JSON text.</summary>
    public static DataDocument Data(string json) => DataDocument.Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>A data document and its report.</summary>
    public static string Report(string json, LayoutOptions? options = null) => ReportRenderer.ToMarkdown(Data(json), options ?? new LayoutOptions());

    /// <summary>A report's part from one heading line up to the next of the same or a higher level, or the end.</summary>
    public static string Part(string report, string heading)
    {
        var start = report.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The report has no heading '{heading}':\n{report}");
        var level = heading.TakeWhile(c => c == '#').Count();
        var body = start + heading.Length + 2;
        var end = Enumerable.Range(1, level)
            .Select(n => report.IndexOf($"\n{new string('#', n)} ", body - 1, StringComparison.Ordinal))
            .Where(at => at >= 0)
            .DefaultIfEmpty(report.Length)
            .Min();
        return end <= body ? "" : report[body..end];
    }

    public static RecordValue Json(string text) => JsonReader.Parse(text);
}
