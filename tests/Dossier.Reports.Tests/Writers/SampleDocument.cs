using Dossier.Protocol.Json;
using Dossier.Reports.Document;

namespace Dossier.Reports.Tests.Writers;

/// <summary>A document with every kind of block, inline and cell.</summary>
internal static class SampleDocument
{
    /// <summary>One pixel.</summary>
    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==");

    /// <summary>The document; all its texts are this one.</summary>
    public static ReportDocument Of(string text, string target = "https://example.com/a?b=1&c=2") =>
        new(Inlines(text, target), HasContents: true, [.. Blocks(text, target)]);

    /// <summary>One block of each kind.</summary>
    public static IEnumerable<Block> Blocks(string text, string target)
    {
        var inlines = Inlines(text, target);
        yield return new Block.Heading(1, "a-heading", inlines);
        yield return new Block.Caption(inlines);
        yield return new Block.Paragraph(inlines);
        yield return new Block.List(IsOrdered: false, [inlines, inlines]);
        yield return new Block.List(IsOrdered: true, [inlines]);
        yield return new Block.Table([text, "b"], [.. Cells(text, target).Select(cell => new[] { new Cell.Text("row"), cell })]);
        yield return new Block.Data(new RecordObject { [text] = new RecordText(text) });
        yield return new Block.Absent();
        yield return new Block.Finding("a-finding", StatusLevel.Error, text, inlines, ["/run/data/" + text]);
        yield return new Block.Figure("a-figure", "image/gif", Gif, text, inlines);
    }

    /// <summary>One cell of each kind.</summary>
    public static IEnumerable<Cell> Cells(string text, string target) =>
    [
        new Cell.Text(text), new Cell.Text(text, KeepsLines: true), new Cell.Code(text), new Cell.Number(RecordNumber.Of(1234567)),
        new Cell.Number(RecordNumber.Of(0.5), text), new Cell.Time(new DateTimeOffset(2024, 5, 6, 9, 8, 7, TimeSpan.FromHours(2))),
        new Cell.Link(text, target), new Cell.Missing(), .. Enum.GetValues<StatusLevel>().Select(level => new Cell.Status(level, text)),
    ];

    private static IReadOnlyList<Inline> Inlines(string text, string target) =>
    [
        new Inline.Text(text), new Inline.Code(text), new Inline.Emphasis(text), new Inline.Link(text, target), new Inline.Link(text, "#a-heading"),
        .. Enum.GetValues<StatusLevel>().Select(level => new Inline.Status(level, text)),
    ];
}
