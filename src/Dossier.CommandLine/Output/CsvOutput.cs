using System.Globalization;

namespace Dossier.CommandLine.Output;

/// <summary>Writes rows according to RFC 4180: CRLF between records, quotes around cells that need them, quotes inside doubled.</summary>
public static class CsvOutput
{
    private const string RecordEnd = "\r\n";

    /// <summary>Writes one record.</summary>
    public static void WriteRecord(TextWriter output, IEnumerable<string?> cells)
    {
        output.Write(string.Join(',', cells.Select(cell => Quote(Disarm(cell ?? "")))));
        output.Write(RecordEnd);
    }

    // A spreadsheet runs a cell that starts like a formula; an apostrophe makes it text. Numbers stay numbers.
    private static string Disarm(string cell) =>
        cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r'
        && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? "'" + cell
            : cell;

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
