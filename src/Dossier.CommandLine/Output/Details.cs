using System.Globalization;
using Spectre.Console;

namespace Dossier.CommandLine.Output;

/// <summary>Prints one object for people: a title, its fields, then sections. Values are never cut: they are what was asked for.</summary>
public static class Details
{
    private const int Indent = 2;
    private const int WidestName = 40;
    private const int NarrowestValue = 10;

    /// <summary>The object's kind and name, on a line.</summary>
    public static void Title(string kind, string name)
    {
        Terminal.Write(kind + " ", Style.Plain);
        WriteWrapped(SafeText.OneLine(name), kind.Length + 1, Styles.Header);
    }

    /// <summary>Names and values in two columns; fields without a value are left out.</summary>
    public static void Fields(params IEnumerable<(string Name, string? Value)> fields)
    {
        var shown = fields.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => (Name: SafeText.OneLine(field.Name), field.Value)).ToList();
        var width = Math.Min(WidestName, shown.Select(field => field.Name.GetCellWidth()).DefaultIfEmpty(0).Max());
        foreach (var (name, value) in shown)
        {
            Console.Out.Write(new string(' ', Indent));
            Terminal.Write(name, Styles.Faint);
            Console.Out.Write(new string(' ', Math.Max(0, width - name.GetCellWidth()) + Indent));
            WriteWrapped(SafeText.OneLine(value!), Indent + Math.Max(width, name.GetCellWidth()) + Indent, Style.Plain);
        }
    }

    // What a terminal would continue at its left edge continues below the value.
    private static void WriteWrapped(string value, int column, Style style)
    {
        while (Terminal.Width - column is { } room and > NarrowestValue && value.GetCellWidth() > room)
        {
            var fitting = CellText.Fitting(value, room);
            Terminal.Write(value[..fitting], style);
            Console.Out.WriteLine();
            Console.Out.Write(new string(' ', column));
            value = value[fitting..];
        }

        Terminal.Write(value, style);
        Console.Out.WriteLine();
    }

    /// <summary>A section of names and values, with their number; left out when empty.</summary>
    public static void Section(string title, IReadOnlyCollection<(string Name, string Value)>? fields)
    {
        if (fields is { Count: > 0 })
        {
            Heading(title, fields.Count);
            Fields(fields.Select(field => (field.Name, field.Value.Length == 0 ? "\"\"" : (string?)field.Value)));
        }
    }

    /// <summary>A section with a table, and the number of its rows; left out when empty.</summary>
    public static void Section<T>(string title, IReadOnlyCollection<T>? rows, IReadOnlyList<Column<T>> columns)
    {
        if (rows is { Count: > 0 })
        {
            Heading(title, rows.Count);
            TableOutput.Write(rows, columns, Indent);
        }
    }

    private static void Heading(string title, int count)
    {
        Console.Out.WriteLine();
        Terminal.Write(title, Styles.Header);
        Terminal.Write(string.Create(CultureInfo.InvariantCulture, $" ({count})"), Styles.Faint);
        Console.Out.WriteLine();
    }
}
