using System.Globalization;
using System.Text;

namespace Dossier.Reports.Document;

/// <summary>Builds a report's body block by block, and gives headings their ids.</summary>
public sealed class DocumentBuilder
{
    private const int MaxLevel = 6;

    private readonly List<Block> _blocks = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    // The ids of the headings that the next block is under, by level.
    private readonly string?[] _path = new string?[MaxLevel + 1];

    /// <summary>The blocks so far.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>Adds a heading. Its id is made of its own text and of the headings above it, e.g. <c>run-tags</c>.</summary>
    /// <param name="level">1 to 6.</param>
    /// <param name="title">Its text.</param>
    public void Heading(int level, params IReadOnlyList<Inline> title)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        var above = Array.FindLast(_path[..level], id => id is not null);
        var own = Slug(InlineText.Of(title));
        _path[level] = Unique(above is null ? own : $"{above}-{own}");
        Array.Clear(_path, level + 1, MaxLevel - level);
        _blocks.Add(new Block.Heading(level, _path[level]!, title));
    }

    /// <summary>Adds a heading of plain text.</summary>
    public void Heading(int level, string title) => Heading(level, [new Inline.Text(title)]);

    /// <summary>Adds a title that is not a heading.</summary>
    public void Caption(string title) => _blocks.Add(new Block.Caption([new Inline.Text(title)]));

    /// <summary>Adds a paragraph.</summary>
    public void Paragraph(params IReadOnlyList<Inline> content) => _blocks.Add(new Block.Paragraph(content));

    /// <summary>Adds a table.</summary>
    /// <param name="columns">The heads of its columns.</param>
    /// <param name="rows">The rows in order, each with a cell for every column.</param>
    public void Table(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<Cell>> rows) => _blocks.Add(new Block.Table(columns, rows));

    /// <summary>Adds a block.</summary>
    public void Add(Block block) => _blocks.Add(block);

    /// <summary>An id for a finding or figure that no other block of this document has.</summary>
    /// <param name="text">What it is made of.</param>
    public string NewId(string text) => Unique(Slug(text));

    private string Unique(string id)
    {
        var unique = id;
        for (var n = 2; !_ids.Add(unique); n++)
        {
            unique = id + "-" + n.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }

    /// <summary>Lower-case ASCII letters and digits with hyphens between: an id in every format.</summary>
    private static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var trimmed = slug.ToString().TrimEnd('-');
        return trimmed.Length > 0 ? trimmed : "section";
    }
}

/// <summary>The bare text of inlines.</summary>
internal static class InlineText
{
    public static string Of(IEnumerable<Inline> inlines) => string.Concat(inlines.Select(Of));

    private static string Of(Inline inline) => inline switch
    {
        Inline.Text text => text.Value,
        Inline.Code code => code.Value,
        Inline.Emphasis emphasis => emphasis.Value,
        Inline.Status status => status.Value,
        Inline.Link link => link.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(inline)),
    };
}
