using System.Text;

namespace Dossier.CommandLine.Tests;

/// <summary>Reads RFC 4180, as a spreadsheet does.</summary>
internal static class CsvReading
{
    /// <summary>The cells of a text that holds one record.</summary>
    public static List<string> Record(string text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '"' when quoted && index + 1 < text.Length && text[index + 1] == '"':
                    cell.Append('"');
                    index++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !quoted:
                    Assert.Equal(text.Length - 2, index);
                    index++;
                    break;
                default:
                    cell.Append(text[index]);
                    break;
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
