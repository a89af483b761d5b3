using System.Text;
using Dossier.Protocol.Json;
using Dossier.Reports.Document;

namespace Dossier.Reports.Markdown;

/// <summary>
/// Writes a report as Markdown, in the byte layout of the reports that went before: every block starts on a line of its own making, none
/// ends one but headings and tables. Lines end in LF; there is no final line end.
/// </summary>
public static class MarkdownWriter
{
    private const string Absent = """**_<font color="red" size="+1">None found</font>_**""";

    /// <summary>The whole text.</summary>
    public static string Write(ReportDocument document)
    {
        var output = new StringBuilder();
        output.Append('\n').Append(document.Title).Append('\n');
        output.Append('=', document.Title.EnumerateRunes().Count()).Append('\n');
        if (document.HasContents)
        {
            MarkdownContents.Write(output, document.Contents);
        }

        foreach (var block in document.Blocks)
        {
            WriteBlock(output, block);
        }

        return output.ToString();
    }

    private static void WriteBlock(StringBuilder output, Block block)
    {
        switch (block)
        {
            case Block.Heading heading:
                output.Append('\n').Append('#', heading.Level).Append(' ').Append(heading.Title).Append('\n');
                break;
            case Block.Caption caption:
                StartLine(output).Append("<b><font size=\"+1\">").Append(caption.Title).Append("</font></b>");
                break;
            case Block.KeyValueTable table:
                WriteTable(output, [table.NameColumn, table.ValueColumn], table.Rows.Select(row => new[] { row.Key, MultilineText(row.Value) }));
                break;
            case Block.Grid grid:
                WriteTable(output, grid.Columns, grid.Rows.Select(row => row.Select(PythonText.Of)));
                break;
            case Block.Fence fence:
                StartLine(output).Append("```\n").Append(JsonWriter.Write(fence.Value)).Append("\n\n```");
                break;
            case Block.Absent:
                StartLine(output).Append(Absent);
                break;
        }
    }

    private static void WriteTable(StringBuilder output, IReadOnlyList<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        StartLine(output).Append('\n');
        WriteRow(output, columns);
        WriteRow(output, columns.Select(_ => " :--- "));
        foreach (var row in rows)
        {
            WriteRow(output, row);
        }
    }

    private static void WriteRow(StringBuilder output, IEnumerable<string> cells)
    {
        output.Append('|');
        foreach (var cell in cells)
        {
            output.Append(cell.Replace("|", @"\|", StringComparison.Ordinal)).Append('|');
        }

        output.Append('\n');
    }

    private static string MultilineText(JsonValue value)
    {
        var text = PythonText.Of(value);
        return value is JsonString ? text.Replace("\n", "<br/>", StringComparison.Ordinal) : text;
    }

    /// <summary>Ends what came before with a hard line break: two spaces before the line feed.</summary>
    private static StringBuilder StartLine(StringBuilder output) => output.Append("  \n");
}
