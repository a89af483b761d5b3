using System.Globalization;
using System.Text;

namespace Dossier.Bench.Results;

/// <summary>Prints figures as a Markdown table, one server's with percentiles or two servers' side by side.</summary>
public static class TableWriter
{
    /// <summary>The table, ending with a line feed.</summary>
    /// <param name="rows">The figures of the server.</param>
    /// <param name="against">Those of another, or null.</param>
    /// <param name="end">The row at which the server broke off; null if it did not, or if that is not known.</param>
    /// <param name="againstEnd">The same of the other.</param>
    public static string Write(IReadOnlyList<Row> rows, IReadOnlyList<Row>? against, string? end = null, string? againstEnd = null) => Layout(against is null
        ? [["what", "figure", "unit", "p50 ms", "p99 ms"], .. rows.Select(Single)]
        : [["what", "A", "B", "B/A", "unit"], .. Pairs(rows, against, end, againstEnd)]);

    /// <summary>At most four significant digits before the reader has to count them.</summary>
    public static string Figure(double? value) => value switch
    {
        null => "",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.Value.ToString("F0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00#", CultureInfo.InvariantCulture),
    };

    private static string[] Single(Row row) => [row.What, Figure(row.Value), row.Unit, Figure(row.Median), Figure(row.Percentile99)];

    // All that either server measured. A server that broke off has no more rows, so the other's follow at the end in their order.
    private static IEnumerable<string[]> Pairs(IReadOnlyList<Row> rows, IReadOnlyList<Row> against, string? end, string? againstEnd)
    {
        var (ones, others) = (rows.ToDictionary(row => row.What), against.ToDictionary(row => row.What));
        foreach (var row in rows.Concat(against.Where(row => !ones.ContainsKey(row.What))))
        {
            var (one, other) = (ones.GetValueOrDefault(row.What)?.Value, others.GetValueOrDefault(row.What)?.Value);
            yield return [row.What, Cell(row, one, end), Cell(row, other, againstEnd), Figure(other / one), row.Unit];
        }
    }

    private static string Cell(Row row, double? value, string? end) => row.What == end ? "broke off" : Figure(value);

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
