using System.Text;
using Spectre.Console;

namespace Dossier.CommandLine.Output;

/// <summary>Draws rows as a table that fits the terminal: one line a row, long cells cut with an ellipsis.</summary>
public static class TableOutput
{
    private const int Gap = 2;
    private const int Unlimited = int.MaxValue / 2;
    private const string Ellipsis = "…";

    /// <summary>Draws the table, its header in capitals.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns, left to right.</param>
    /// <param name="indent">The cells to leave free at the left.</param>
    /// <param name="withHeader">Whether to print the columns' names on top.</param>
    public static void Write<T>(IReadOnlyCollection<T> rows, IReadOnlyList<Column<T>> columns, int indent = 0, bool withHeader = true)
    {
        var cells = rows.Select(row => columns.Select(column => SafeText.OneLine(column.Text(row) ?? "")).ToArray()).ToList();
        var header = columns.Select(column => withHeader ? Heading(column.Name) : "").ToArray();
        var needs = columns.Select((column, index) => new ColumnNeed(
            header[index].GetCellWidth(), cells.Select(row => row[index].GetCellWidth()).DefaultIfEmpty(0).Max(), column.Kind)).ToList();
        var widths = ColumnWidths.Fit(needs, (Terminal.Width ?? Unlimited) - indent, Gap);

        if (withHeader)
        {
            WriteRow(header, columns, widths, indent, static (_, _) => Styles.Header);
        }

        foreach (var row in cells)
        {
            WriteRow(row, columns, widths, indent, static (kind, cell) => Styles.OfCell(kind, cell));
        }
    }

    // Of metrics.eval_f1 the key is shown, in its own case: the prefix would be all that is left of a cut header.
    private static string Heading(string name) => SafeText.OneLine(
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? name[(dot + 1)..] : name.Replace('_', ' ').ToUpperInvariant());

    private static void WriteRow<T>(
        string[] row, IReadOnlyList<Column<T>> columns, int[] widths, int indent, Func<ColumnKind, string, Style> styleOf)
    {
        // Blanks gather here, so that no line ends in them.
        var blanks = new StringBuilder().Append(' ', indent);
        for (var index = 0; index < row.Length; index++)
        {
            var cell = Cut(row[index], widths[index]);
            var padding = widths[index] - cell.GetCellWidth();
            var toTheRight = columns[index].Kind == ColumnKind.Number;
            blanks.Append(' ', toTheRight ? padding : 0);
            if (cell.Length > 0)
            {
                Console.Out.Write(blanks);
                blanks.Clear();
                Terminal.Write(cell, styleOf(columns[index].Kind, row[index]));
            }

            blanks.Append(' ', (toTheRight ? 0 : padding) + Gap);
        }

        Console.Out.WriteLine();
    }

    private static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        return text[..CellText.Fitting(text, width - Ellipsis.Length)] + Ellipsis;
    }
}
