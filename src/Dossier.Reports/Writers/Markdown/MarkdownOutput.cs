using System.Text;
using Dossier.Reports.Data;
using Dossier.Reports.Document;

namespace Dossier.Reports.Writers.Markdown;

/// <summary>What Markdown is written to: the text so far, and how inlines and cells are written.</summary>
/// <param name="isClassic">Whether nothing is escaped; see <see cref="MarkdownWriter.Classic"/>.</param>
internal sealed class MarkdownOutput(bool isClassic)
{
    // Any of these can start or end markup; a backslash before ASCII punctuation is always taken out again.
    private const string Markup = "\\`*_{}[]<>#+-=!|~&$:@";

    public StringBuilder Text { get; } = new();

    public bool IsClassic => isClassic;

    /// <summary>Ends what came before with a hard line break: two spaces before the line feed.</summary>
    public StringBuilder StartLine() => Text.Append("  \n");

    /// <summary>Starts a new paragraph.</summary>
    public StringBuilder StartParagraph() => StartLine().Append('\n');

    public string Of(IEnumerable<Inline> inlines) => string.Concat(inlines.Select(Of));

    /// <summary>Plain text.</summary>
    public string Plain(string text) => isClassic ? text : Escape(text);

    /// <summary>An HTML element that links can name; classic reports have none.</summary>
    public string Anchor(string id) => isClassic ? "" : $"<a id=\"{id}\"></a>";

    /// <summary>A table's cell without its borders.</summary>
    public string Of(Cell cell) => cell switch
    {
        Cell.Text { KeepsLines: true } text => string.Join("<br/>", text.Value.Split('\n').Select(InCell)),
        Cell.Text text => InCell(text.Value),
        Cell.Code code => Code(code.Value).Replace("|", @"\|", StringComparison.Ordinal),
        Cell.Number { Unit: { } unit } number => $"{number.Value.Text} {InCell(unit)}",
        Cell.Number number => number.Value.Text,
        Cell.Time time => RecordTime.Format(time.Value),
        Cell.Link link => Link(link.Value, link.Target),
        Cell.Status status => Status(status.Level, status.Value),
        Cell.Missing => "",
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    };

    /// <summary>A column's head, or text in a cell.</summary>
    public string InCell(string text) => isClassic ? text.Replace("|", @"\|", StringComparison.Ordinal) : Escape(text);

    public string Status(StatusLevel level, string text) => level switch
    {
        StatusLevel.Error when isClassic => $"""**<font color="red">{text}</font>**""",
        StatusLevel.Error => $"**error: {Plain(text)}**",
        StatusLevel.Warning => $"**warning: {Plain(text)}**",
        StatusLevel.Good => $"**{Plain(text)}**",
        _ => Plain(text),
    };

    /// <summary>Between more backticks than the text has in a row.</summary>
    public static string Code(string text)
    {
        var line = OneLine(text);
        var (longest, current) = (0, 0);
        foreach (var c in line)
        {
            current = c == '`' ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        var fence = new string('`', longest + 1);
        var space = line.StartsWith('`') || line.EndsWith('`') || line.Length == 0 ? " " : "";
        return fence + space + line + space + fence;
    }

    private string Of(Inline inline) => inline switch
    {
        Inline.Text text => Plain(text.Value),
        Inline.Code code => Code(code.Value),
        Inline.Emphasis emphasis => $"_{Plain(emphasis.Value)}_",
        Inline.Status status => Status(status.Level, status.Value),
        Inline.Link link => Link(link.Value, link.Target),
        _ => throw new ArgumentOutOfRangeException(nameof(inline)),
    };

    private static string Link(string text, string target) => LinkTarget.Of(target) is { } uri
        ? $"[{Escape(text)}](<{uri.Replace("|", "%7C", StringComparison.Ordinal)}>)"
        : Escape(text);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in OneLine(text))
        {
            _ = Markup.Contains(c, StringComparison.Ordinal) ? escaped.Append('\\').Append(c) : escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
