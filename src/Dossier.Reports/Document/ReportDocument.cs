namespace Dossier.Reports.Document;

/// <summary>A whole report as a list of blocks: what every writer (Markdown today) prints.</summary>
/// <param name="Title">The report's title.</param>
/// <param name="HasContents">Whether a contents list stands between title and body.</param>
/// <param name="Blocks">The body in order.</param>
public sealed record ReportDocument(string Title, bool HasContents, IReadOnlyList<Block> Blocks)
{
    /// <summary>The headings of the contents list: levels 1 and 2, in order.</summary>
    public IEnumerable<Block.Heading> Contents => Blocks.OfType<Block.Heading>().Where(heading => heading.Level <= 2);
}
