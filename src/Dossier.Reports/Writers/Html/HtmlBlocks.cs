using System.Globalization;
using Dossier.Protocol.Json;
using Dossier.Reports.Document;

namespace Dossier.Reports.Writers.Html;

internal sealed class HeadingRenderer : BlockRenderer<HtmlOutput, Block.Heading>
{
    protected override void Write(HtmlOutput output, Block.Heading block)
    {
        var level = block.Level.ToString(CultureInfo.InvariantCulture);
        output.Markup($"<h{level} id=\"").Text(block.Id).Markup("\">").Inlines(block.Title).Markup($"</h{level}>\n");
    }
}

internal sealed class CaptionRenderer : BlockRenderer<HtmlOutput, Block.Caption>
{
    protected override void Write(HtmlOutput output, Block.Caption block) =>
        output.Markup("<p><strong>").Inlines(block.Title).Markup("</strong></p>\n");
}

internal sealed class ParagraphRenderer : BlockRenderer<HtmlOutput, Block.Paragraph>
{
    protected override void Write(HtmlOutput output, Block.Paragraph block) => output.Markup("<p>").Inlines(block.Content).Markup("</p>\n");
}

internal sealed class ListRenderer : BlockRenderer<HtmlOutput, Block.List>
{
    protected override void Write(HtmlOutput output, Block.List block)
    {
        output.Markup(block.IsOrdered ? "<ol>\n" : "<ul>\n");
        foreach (var entry in block.Entries)
        {
            output.Markup("<li>").Inlines(entry).Markup("</li>\n");
        }

        output.Markup(block.IsOrdered ? "</ol>\n" : "</ul>\n");
    }
}

internal sealed class TableRenderer : BlockRenderer<HtmlOutput, Block.Table>
{
    protected override void Write(HtmlOutput output, Block.Table block)
    {
        output.Markup("<table>\n<thead><tr>");
        foreach (var column in block.Columns)
        {
            output.Markup("<th scope=\"col\">").Text(column).Markup("</th>");
        }

        output.Markup("</tr></thead>\n<tbody>\n");
        foreach (var row in block.Rows)
        {
            output.Markup("<tr>");
            foreach (var cell in row)
            {
                output.TableCell(cell);
            }

            output.Markup("</tr>\n");
        }

        output.Markup("</tbody>\n</table>\n");
    }
}

internal sealed class DataRenderer : BlockRenderer<HtmlOutput, Block.Data>
{
    protected override void Write(HtmlOutput output, Block.Data block) =>
        output.Markup("<pre tabindex=\"0\">").Text(JsonWriter.Write(block.Value)).Markup("</pre>\n");
}

internal sealed class AbsentRenderer : BlockRenderer<HtmlOutput, Block.Absent>
{
    protected override void Write(HtmlOutput output, Block.Absent block) => output.Markup("<p><em>None found</em></p>\n");
}

internal sealed class FindingRenderer : BlockRenderer<HtmlOutput, Block.Finding>
{
    protected override void Write(HtmlOutput output, Block.Finding block)
    {
        output.Markup("<section id=\"").Text(block.Id).Markup("\">\n<p>").Status(block.Level, block.Title).Markup("</p>\n");
        if (block.Explanation.Count > 0)
        {
            output.Markup("<p>").Inlines(block.Explanation).Markup("</p>\n");
        }

        if (block.Evidence.Count > 0)
        {
            output.Markup("<p>Evidence:");
            foreach (var pointer in block.Evidence)
            {
                output.Markup(" <code>").Text(pointer).Markup("</code>");
            }

            output.Markup("</p>\n");
        }

        output.Markup("</section>\n");
    }
}

internal sealed class FigureRenderer : BlockRenderer<HtmlOutput, Block.Figure>
{
    protected override void Write(HtmlOutput output, Block.Figure block)
    {
        output.Markup("<figure id=\"").Text(block.Id).Markup("\">\n<img src=\"").Text(PictureUri.Of(block))
            .Markup("\" alt=\"").Text(block.Description).Markup("\">\n");
        if (block.Legend.Count > 0)
        {
            output.Markup("<figcaption>").Inlines(block.Legend).Markup("</figcaption>\n");
        }

        output.Markup("</figure>\n");
    }
}
