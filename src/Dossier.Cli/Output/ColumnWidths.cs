namespace Dossier.Cli.Output;

/// <summary>Shares a line's width between columns.</summary>
internal static class ColumnWidths
{
    private const int Narrowest = 6;

    /// <summary>
    /// Takes width from the widest columns first, until all fit or none is wider than 6 cells. Columns to keep whole give only
    /// when the others have nothing left to give.
    /// </summary>
    /// <param name="wanted">The width that shows each column whole, in cells.</param>
    /// <param name="keepWhole">The columns that give last.</param>
    /// <param name="available">The line's width, in cells.</param>
    /// <param name="gap">The cells between two columns.</param>
    public static int[] Fit(IReadOnlyList<int> wanted, IReadOnlyList<bool> keepWhole, int available, int gap)
    {
        var widths = wanted.ToArray();
        var excess = widths.Sum() + (gap * (widths.Length - 1)) - available;
        excess -= Shrink(widths, excess, index => !keepWhole[index]);
        Shrink(widths, excess, index => keepWhole[index]);
        return widths;
    }

    private static int Shrink(int[] widths, int excess, Func<int, bool> mayGive)
    {
        var taken = 0;
        while (taken < excess)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(mayGive).DefaultIfEmpty(-1).MaxBy(index => index < 0 ? 0 : widths[index]);
            if (widest < 0 || widths[widest] <= Narrowest)
            {
                break;
            }

            widths[widest]--;
            taken++;
        }

        return taken;
    }
}
