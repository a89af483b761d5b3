using System.Text.Json;
using Dossier.Bench.Results;

namespace Dossier.Vision.Bench;

/// <summary>Prints figures.</summary>
internal static class FigureWriter
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>For people: a Markdown table.</summary>
    public static string Table(IReadOnlyList<Figure> figures) => TableWriter.Layout(
    [
        ["what", "Dossier", "plain TorchSharp", "ratio", "unit"],
        .. figures.Select(figure => new[]
        {
            $"{figure.Scenario}: {figure.What}", TableWriter.Figure(figure.Value), TableWriter.Figure(figure.Plain), TableWriter.Figure(figure.Ratio), figure.Unit,
        }),
    ]);

    /// <summary>For programs.</summary>
    public static string Json(IReadOnlyList<Figure> figures) => JsonSerializer.Serialize(new { figures }, Options) + "\n";
}
