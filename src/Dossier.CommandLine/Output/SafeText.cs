using System.Globalization;
using System.Text;

namespace Dossier.CommandLine.Output;

/// <summary>Makes text from a server fit for a terminal: it can neither break the line nor command the terminal.</summary>
public static class SafeText
{
    /// <summary>The text on one line: line ends, tabs, other controls and direction marks become visible escapes.</summary>
    public static string OneLine(string text) => text.Any(IsUnsafe) ? Escape(text, IsUnsafe) : text;

    /// <summary>The text with its line ends and tabs as they are, everything else as <see cref="OneLine"/>.</summary>
    public static string Lines(string text) => text.Any(IsUnsafeInLines) ? Escape(text, IsUnsafeInLines) : text;

    private static bool IsUnsafeInLines(char c) => c is not ('\n' or '\t') && IsUnsafe(c);

    private static bool IsUnsafe(char c) => char.IsControl(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Escape(string text, Func<char, bool> isUnsafe)
    {
        var safe = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                _ when !isUnsafe(c) => safe.Append(c),
                '\n' => safe.Append("\\n"),
                '\r' => safe.Append("\\r"),
                '\t' => safe.Append("\\t"),
                _ => safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        return safe.ToString();
    }
}
