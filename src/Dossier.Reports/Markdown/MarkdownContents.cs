using System.Text;
using Dossier.Reports.Document;

namespace Dossier.Reports.Markdown;

/// <summary>
/// The contents list. Its anchors are not made unique: all "Details" lead to the first, as they always did in this layout.
/// </summary>
internal static class MarkdownContents
{
    public static void Write(StringBuilder output, IEnumerable<Block.Heading> headings)
    {
        output.Append("\nContents\n========\n");
        foreach (var heading in headings)
        {
            output.Append('\n').Append('\t', heading.Level - 1)
                .Append("* [").Append(heading.Title).Append("](#").Append(Anchor(heading.Title)).Append(')');
        }

        output.Append('\n');
    }

    /// <summary>Lower case, spaces to hyphens, then only letters a to z, digits, underscores and hyphens are kept.</summary>
    internal static string Anchor(string title)
    {
        var anchor = new StringBuilder(title.Length);
        foreach (var c in title.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or ' ')
            {
                anchor.Append(c == ' ' ? '-' : c);
            }
        }

        return anchor.ToString();
    }
}
