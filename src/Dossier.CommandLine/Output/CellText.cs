using Spectre.Console;

namespace Dossier.CommandLine.Output;

/// <summary>Text measured in the cells of a terminal, of which some characters take two.</summary>
public static class CellText
{
    /// <summary>How many UTF-16 units from the start fit into that many cells.</summary>
    public static int Fitting(string text, int cells)
    {
        var kept = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            cells -= rune.ToString().GetCellWidth();
            if (cells < 0)
            {
                break;
            }

            kept += rune.Utf16SequenceLength;
        }

        return kept;
    }
}
