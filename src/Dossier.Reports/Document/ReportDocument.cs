namespace Dossier.Reports.Document;

/// <summary>A whole report, free of any output format.</summary>
/// <param name="Title">The report's title.</param>
/// <param name="HasContents">Whether a contents list precedes the body.</param>
/// <param name="Blocks">The body in order.</param>
public sealed record ReportDocument(IReadOnlyList<Inline> Title, bool HasContents, IReadOnlyList<Block> Blocks)
{
    /// <summary>The headings of the contents list: levels 1 and 2, in order.</summary>
    public IEnumerable<Block.Heading> Contents => Blocks.OfType<Block.Heading>().Where(heading => heading.Level <= 2);
}
