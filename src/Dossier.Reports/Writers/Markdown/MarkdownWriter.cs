using System.Text;
using Dossier.Reports.Document;

namespace Dossier.Reports.Writers.Markdown;

/// <summary>
/// Writes reports as Markdown. Every block starts on a new line, and only headings and tables end with one. Lines end in LF; there is
/// no final line end, and trailing spaces are part of the format.
/// </summary>
public sealed class MarkdownWriter : IReportWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly BlockRenderers<MarkdownOutput> Renderers = new(
        new HeadingRenderer(),
        new CaptionRenderer(),
        new ParagraphRenderer(),
        new ListRenderer(),
        new TableRenderer(),
        new DataRenderer(),
        new AbsentRenderer(),
        new FindingRenderer(),
        new FigureRenderer());

    private readonly bool _isClassic;

    private MarkdownWriter(bool isClassic) => _isClassic = isClassic;

    /// <summary>Escapes what Markdown or HTML would read as markup; every heading has its own anchor.</summary>
    public static MarkdownWriter Standard { get; } = new(isClassic: false);

    /// <summary>
    /// Writes the bytes of the reports that were made before Dossier: nothing is escaped but the pipes of tables, and headings of the
    /// same text share an anchor. For the classic layout only: who reads it as HTML sees the markup that the record's values contain.
    /// </summary>
    public static MarkdownWriter Classic { get; } = new(isClassic: true);

    /// <inheritdoc/>
    public string Name => "markdown";

    /// <inheritdoc/>
    public byte[] Write(ReportDocument document) => Utf8.GetBytes(WriteText(document));

    /// <summary>The report as text.</summary>
    public string WriteText(ReportDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var output = new MarkdownOutput(_isClassic);
        var title = output.Of(document.Title);
        output.Text.Append('\n').Append(title).Append('\n');
        output.Text.Append('=', title.EnumerateRunes().Count()).Append('\n');
        if (document.HasContents)
        {
            WriteContents(output, document.Contents);
        }

        Renderers.Write(output, document.Blocks);
        return output.Text.ToString();
    }

    private static void WriteContents(MarkdownOutput output, IEnumerable<Block.Heading> headings)
    {
        output.Text.Append("\nContents\n========\n");
        foreach (var heading in headings)
        {
            var title = output.Of(heading.Title);
            output.Text.Append('\n').Append('\t', heading.Level - 1)
                .Append("* [").Append(title).Append("](#").Append(output.IsClassic ? ClassicAnchor(title) : heading.Id).Append(')');
        }

        output.Text.Append('\n');
    }

    /// <summary>Lower case, spaces to hyphens, then only letters a to z, digits, underscores and hyphens are kept.</summary>
    private static string ClassicAnchor(string title)
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
