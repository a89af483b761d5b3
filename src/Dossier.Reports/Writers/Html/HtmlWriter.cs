using System.Text;
using Dossier.Reports.Document;

namespace Dossier.Reports.Writers.Html;

/// <summary>
/// Writes reports as one HTML page that needs nothing else: no program, no font, no file beside it. The page's security policy lets a
/// browser load and run nothing, whatever the record contains.
/// </summary>
public sealed class HtmlWriter : IReportWriter
{
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <style>
        body { font-family: sans-serif; line-height: 1.4; max-width: 75rem; margin: 0 auto; padding: 1rem; }
        table { border-collapse: collapse; }
        th, td { border: 1px solid #999; padding: 0.2rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        td.number { text-align: right; font-variant-numeric: tabular-nums; }
        pre { overflow-x: auto; background: #f4f4f4; padding: 0.5rem; }
        img { max-width: 100%; }
        .warning, .error { font-weight: bold; }
        .error { color: #a00; }
        </style>
        """;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly BlockRenderers<HtmlOutput> Renderers = new(
        new HeadingRenderer(),
        new CaptionRenderer(),
        new ParagraphRenderer(),
        new ListRenderer(),
        new TableRenderer(),
        new DataRenderer(),
        new AbsentRenderer(),
        new FindingRenderer(),
        new FigureRenderer());

    private HtmlWriter()
    {
    }

    /// <summary>The writer.</summary>
    public static HtmlWriter Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "html";

    /// <inheritdoc/>
    public byte[] Write(ReportDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var output = new HtmlOutput();
        output.Markup(Head).Markup("\n<title>").Text(InlineText.Of(document.Title)).Markup("</title>\n</head>\n<body>\n<header><p>");
        output.Inlines(document.Title).Markup("</p></header>\n");
        if (document.HasContents)
        {
            WriteContents(output, document.Contents);
        }

        output.Markup("<main>\n");
        Renderers.Write(output, document.Blocks);
        output.Markup("</main>\n</body>\n</html>\n");
        return Utf8.GetBytes(output.ToString());
    }

    private static void WriteContents(HtmlOutput output, IEnumerable<Block.Heading> headings)
    {
        output.Markup("<nav aria-label=\"Contents\">\n<ul>\n");
        foreach (var heading in headings)
        {
            output.Markup(heading.Level == 1 ? "<li>" : "<li style=\"margin-left: 1.5rem\">")
                .Markup("<a href=\"#").Text(heading.Id).Markup("\">").Text(InlineText.Of(heading.Title)).Markup("</a></li>\n");
        }

        output.Markup("</ul>\n</nav>\n");
    }
}
