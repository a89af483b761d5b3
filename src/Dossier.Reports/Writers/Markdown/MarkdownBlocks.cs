using Dossier.Protocol.Json;
using Dossier.Reports.Document;

namespace Dossier.Reports.Writers.Markdown;

internal sealed class HeadingRenderer : BlockRenderer<MarkdownOutput, Block.Heading>
{
    protected override void Write(MarkdownOutput output, Block.Heading block) =>
        output.Text.Append('\n').Append('#', block.Level).Append(' ').Append(output.Anchor(block.Id)).Append(output.Of(block.Title)).Append('\n');
}

internal sealed class CaptionRenderer : BlockRenderer<MarkdownOutput, Block.Caption>
{
    protected override void Write(MarkdownOutput output, Block.Caption block) => output.StartLine().Append(output.IsClassic
        ? $"<b><font size=\"+1\">{output.Of(block.Title)}</font></b>"
        : $"\n**{output.Of(block.Title)}**");
}

internal sealed class ParagraphRenderer : BlockRenderer<MarkdownOutput, Block.Paragraph>
{
    protected override void Write(MarkdownOutput output, Block.Paragraph block)
    {
        var text = output.Of(block.Content);
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        // "1." at the start of a paragraph would begin a list.
        output.StartParagraph().Append(digits > 0 && digits < text.Length && text[digits] is '.' or ')' ? text.Insert(digits, @"\") : text);
    }
}

internal sealed class ListRenderer : BlockRenderer<MarkdownOutput, Block.List>
{
    protected override void Write(MarkdownOutput output, Block.List block)
    {
        output.StartLine();
        foreach (var entry in block.Entries)
        {
            output.Text.Append('\n').Append(block.IsOrdered ? "1. " : "- ").Append(output.Of(entry));
        }
    }
}

internal sealed class TableRenderer : BlockRenderer<MarkdownOutput, Block.Table>
{
    protected override void Write(MarkdownOutput output, Block.Table block)
    {
        output.StartParagraph();
        WriteRow(output, block.Columns.Select(output.InCell));
        WriteRow(output, block.Columns.Select(_ => " :--- "));
        foreach (var row in block.Rows)
        {
            WriteRow(output, row.Select(output.Of));
        }
    }

    private static void WriteRow(MarkdownOutput output, IEnumerable<string> cells)
    {
        output.Text.Append('|');
        foreach (var cell in cells)
        {
            output.Text.Append(cell).Append('|');
        }

        output.Text.Append('\n');
    }
}

internal sealed class DataRenderer : BlockRenderer<MarkdownOutput, Block.Data>
{
    // No line of JSON can close the fence: each starts with a space, a bracket, a quote, or is a bare literal.
    protected override void Write(MarkdownOutput output, Block.Data block) =>
        output.StartLine().Append("```\n").Append(JsonWriter.Write(block.Value)).Append("\n\n```");
}

internal sealed class AbsentRenderer : BlockRenderer<MarkdownOutput, Block.Absent>
{
    protected override void Write(MarkdownOutput output, Block.Absent block) => output.StartLine().Append(output.IsClassic
        ? """**_<font color="red" size="+1">None found</font>_**"""
        : "\n_None found_");
}

internal sealed class FindingRenderer : BlockRenderer<MarkdownOutput, Block.Finding>
{
    protected override void Write(MarkdownOutput output, Block.Finding block)
    {
        output.StartParagraph().Append(output.Anchor(block.Id)).Append(output.Status(block.Level, block.Title));
        if (block.Explanation.Count > 0)
        {
            output.StartParagraph().Append(output.Of(block.Explanation));
        }

        if (block.Evidence.Count > 0)
        {
            output.StartParagraph().Append("Evidence: ").AppendJoin(", ", block.Evidence.Select(MarkdownOutput.Code));
        }
    }
}

internal sealed class FigureRenderer : BlockRenderer<MarkdownOutput, Block.Figure>
{
    protected override void Write(MarkdownOutput output, Block.Figure block)
    {
        output.StartParagraph().Append(output.Anchor(block.Id)).Append("![").Append(output.Plain(block.Description))
            .Append("](").Append(PictureUri.Of(block)).Append(')');
        if (block.Legend.Count > 0)
        {
            output.StartParagraph().Append(output.Of(block.Legend));
        }
    }
}
