namespace Dossier.CommandLine.Output;

/// <summary>The cells that a column would like to have.</summary>
/// <param name="Header">The width of its name.</param>
/// <param name="Content">The width of its widest cell.</param>
/// <param name="Kind">What it holds.</param>
public readonly record struct ColumnNeed(int Header, int Content, ColumnKind Kind);

/// <summary>Shares a line's width between columns.</summary>
public static class ColumnWidths
{
    private const int GenerousText = 24;
    private const int ReadableText = 8;
    private const int Narrowest = 3;

    /// <summary>
    /// The width of each column. If the line is too narrow, columns are shortened in turn, the widest first: long texts, then columns whose name is
    /// wider than what they hold, then all texts, then ids, then all others; each down to where it can still be read, and at last to 3 cells.
    /// </summary>
    /// <param name="needs">What the columns would like.</param>
    /// <param name="available">The line's width, in cells.</param>
    /// <param name="gap">The cells between two columns.</param>
    public static int[] Fit(IReadOnlyList<ColumnNeed> needs, int available, int gap)
    {
        var widths = needs.Select(need => Math.Max(need.Header, need.Content)).ToArray();
        var room = available - (gap * (widths.Length - 1));
        Shrink(widths, room, needs, static need => need.Kind == ColumnKind.Text ? Math.Max(need.Header, GenerousText) : int.MaxValue);
        Shrink(widths, room, needs, static need => Math.Max(need.Content, ReadableText));
        Shrink(widths, room, needs, static need => need.Kind == ColumnKind.Text ? ReadableText : int.MaxValue);
        Shrink(widths, room, needs, static need => need.Kind is ColumnKind.Text or ColumnKind.Id ? ReadableText : int.MaxValue);
        Shrink(widths, room, needs, static _ => Narrowest);
        return widths;
    }

    private static void Shrink(int[] widths, int room, IReadOnlyList<ColumnNeed> needs, Func<ColumnNeed, int> floor)
    {
        var excess = widths.Sum() - room;
        while (excess > 0)
        {
            var widest = -1;
            for (var index = 0; index < widths.Length; index++)
            {
                if (widths[index] > floor(needs[index]) && (widest < 0 || widths[index] > widths[widest]))
                {
                    widest = index;
                }
            }

            if (widest < 0)
            {
                return;
            }

            widths[widest]--;
            excess--;
        }
    }
}
