using System.Globalization;
using System.Text;

namespace Dossier.Bench.Results;

/// <summary>Prints figures as a Markdown table, one server's with percentiles or two servers' side by side.</summary>
public static class TableWriter
{
    /// <summary>The table, ending with a line feed.</summary>
    /// <param name="rows">The figures of the server.</param>
    /// <param name="against">Those of another, or null.</param>
    public static string Write(IReadOnlyList<Row> rows, IReadOnlyList<Row>? against) => Layout(against is null
        ? [["what", "figure", "unit", "p50 ms", "p99 ms"], .. rows.Select(row => new[] { row.What, Figure(row.Value), row.Unit, Figure(row.Median), Figure(row.Percentile99) })]
        : [["what", "A", "B", "B/A", "unit"], .. Pairs(rows, against)]);

    /// <summary>At most four significant digits before the reader has to count them.</summary>
    public static string Figure(double? value) => value switch
    {
        null => "",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.Value.ToString("F0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00#", CultureInfo.InvariantCulture),
    };

    private static IEnumerable<string[]> Pairs(IReadOnlyList<Row> rows, IReadOnlyList<Row> against)
    {
        var others = against.ToDictionary(row => row.What);
        foreach (var row in rows)
        {
            var other = others.GetValueOrDefault(row.What);
            yield return [row.What, Figure(row.Value), Figure(other?.Value), Figure(other?.Value / row.Value), row.Unit];
        }
    }

    /// <summary>Lines of cells, the headings first; all columns but the first and the unit are numbers.</summary>
    public static string Layout(IReadOnlyList<string[]> lines)
    {
        var widths = Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append('|').AppendJoin('|', lines[i].Select((cell, column) => $" {(IsText(column) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))} ")).Append("|\n");
            if (i == 0)
            {
                text.Append('|').AppendJoin('|', widths.Select((width, column) => IsText(column) ? $" {new string('-', width)} " : $" {new string('-', width - 1)}: ")).Append("|\n");
            }
        }

        return text.ToString();

        bool IsText(int column) => column == 0 || lines[0][column] == "unit";
    }
}
