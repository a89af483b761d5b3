namespace Dossier.Cli.Tests;

/// <summary>A report's lines, each with the headings that it stands under, e.g. <c>Run/Info</c>.</summary>
internal sealed class ReportRows
{
    private readonly List<(string Section, string Text)> _lines = [];

    /// <summary>Reads a report.</summary>
    public static ReportRows Read(string report)
    {
        var rows = new ReportRows();
        var headings = new List<string>();
        foreach (var line in report.Split('\n'))
        {
            var level = line.TakeWhile(c => c == '#').Count();
            if (level > 0 && line[level] == ' ')
            {
                headings.RemoveRange(Math.Min(level - 1, headings.Count), Math.Max(0, headings.Count - level + 1));
                headings.Add(line[(level + 1)..]);
            }

            rows._lines.Add((string.Join('/', headings), line));
        }

        return rows;
    }

    /// <summary>Blanks a row's value, and gives it.</summary>
    public string Blank(string section, string row)
    {
        var index = Find(section, row);
        Assert.True(index >= 0, $"There is no row '{row}' in '{section}'.");
        var value = Value(index);
        _lines[index] = (section, $"|{row}|(differs)|");
        return value;
    }

    /// <summary>Takes a row out, and gives its value; null when there is none.</summary>
    public string? Take(string section, string row)
    {
        var index = Find(section, row);
        var value = index < 0 ? null : Value(index);
        _lines.RemoveRange(Math.Max(index, 0), index < 0 ? 0 : 1);
        return value;
    }

    /// <summary>Takes out what stands below a section's heading, and gives it.</summary>
    public string TakeBody(string section)
    {
        var body = _lines.Where(line => line.Section == section && !line.Text.StartsWith('#')).Select(line => line.Text).ToList();
        _lines.RemoveAll(line => line.Section == section && !line.Text.StartsWith('#'));
        return string.Join('\n', body).Trim();
    }

    /// <summary>The lines that are left.</summary>
    public override string ToString() => string.Join('\n', _lines.Select(line => line.Text));

    private int Find(string section, string row) =>
        _lines.FindIndex(line => line.Section == section && line.Text.StartsWith($"|{row}|", StringComparison.Ordinal));

    private string Value(int index) => _lines[index].Text.Split('|', 3)[2].TrimEnd('|');
}
