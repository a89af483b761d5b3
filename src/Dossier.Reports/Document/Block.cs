using Dossier.Protocol.Json;

namespace Dossier.Reports.Document;

/// <summary>One piece of a report. It knows no output format; each format has one small renderer for each kind of block.</summary>
public abstract record Block
{
    private Block()
    {
    }

    /// <summary>A heading.</summary>
    /// <param name="Level">1 to 6.</param>
    /// <param name="Id">Names it in links; unique in its document, and the same each time the document is laid out.</param>
    /// <param name="Title">Its text.</param>
    public sealed record Heading(int Level, string Id, IReadOnlyList<Inline> Title) : Block;

    /// <summary>The title of a table or figure; it is not a heading and not in the contents list.</summary>
    /// <param name="Title">Its text.</param>
    public sealed record Caption(IReadOnlyList<Inline> Title) : Block;

    /// <summary>A paragraph.</summary>
    /// <param name="Content">Its text.</param>
    public sealed record Paragraph(IReadOnlyList<Inline> Content) : Block;

    /// <summary>A list.</summary>
    /// <param name="IsOrdered">Whether its items are numbered.</param>
    /// <param name="Entries">The items in order.</param>
    public sealed record List(bool IsOrdered, IReadOnlyList<IReadOnlyList<Inline>> Entries) : Block;

    /// <summary>A table.</summary>
    /// <param name="Columns">The heads of its columns.</param>
    /// <param name="Rows">The rows in order, each with a cell for every column.</param>
    public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows) : Block;

    /// <summary>A value shown as JSON.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Data(RecordValue Value) : Block;

    /// <summary>Says that there is nothing to show although something is expected.</summary>
    public sealed record Absent : Block;

    /// <summary>What a check of the record found.</summary>
    /// <param name="Id">Names it in links; unique in its document.</param>
    /// <param name="Level">How bad it is.</param>
    /// <param name="Title">What was found, in a line.</param>
    /// <param name="Explanation">Why it matters and what to do; may be empty.</param>
    /// <param name="Evidence">JSON pointers (RFC 6901) into the data document, e.g. <c>/run/data/metrics/3</c>; may be empty.</param>
    public sealed record Finding(
        string Id, StatusLevel Level, string Title, IReadOnlyList<Inline> Explanation, IReadOnlyList<string> Evidence) : Block;

    /// <summary>A picture.</summary>
    /// <param name="Id">Names it in links; unique in its document.</param>
    /// <param name="MediaType"><c>image/png</c>, <c>image/jpeg</c> or <c>image/gif</c>.</param>
    /// <param name="Content">The picture's bytes.</param>
    /// <param name="Description">What it shows, for readers who cannot see it.</param>
    /// <param name="Legend">The text below it; may be empty.</param>
    public sealed record Figure(
        string Id, string MediaType, ReadOnlyMemory<byte> Content, string Description, IReadOnlyList<Inline> Legend) : Block;
}
