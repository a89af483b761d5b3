using System.Text;
using Dossier.Reports.Data;
using Dossier.Reports.Document;

namespace Dossier.Reports.Writers.Html;

/// <summary>What HTML is written to. Text is always escaped: only <see cref="Markup"/> writes what it is given.</summary>
internal sealed class HtmlOutput
{
    private readonly StringBuilder _html = new();

    /// <summary>Our own markup, never a value of the record.</summary>
    public HtmlOutput Markup(string html)
    {
        _html.Append(html);
        return this;
    }

    /// <summary>Text, for an element's content or an attribute in double quotes.</summary>
    public HtmlOutput Text(string text)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => _html.Append("&amp;"),
                '<' => _html.Append("&lt;"),
                '>' => _html.Append("&gt;"),
                '"' => _html.Append("&quot;"),
                '\'' => _html.Append("&#39;"),
                // HTML cannot hold these in any form.
                _ when char.IsControl(c) && c is not ('\t' or '\n' or '\r') => _html.Append('\uFFFD'),
                _ => _html.Append(c),
            };
        }

        return this;
    }

    public HtmlOutput Inlines(IEnumerable<Inline> inlines)
    {
        foreach (var inline in inlines)
        {
            _ = inline switch
            {
                Inline.Text text => Text(text.Value),
                Inline.Code code => Markup("<code>").Text(code.Value).Markup("</code>"),
                Inline.Emphasis emphasis => Markup("<em>").Text(emphasis.Value).Markup("</em>"),
                Inline.Status status => Status(status.Level, status.Value),
                Inline.Link link => Link(link.Value, link.Target),
                _ => throw new ArgumentOutOfRangeException(nameof(inlines)),
            };
        }

        return this;
    }

    public HtmlOutput TableCell(Cell cell) => cell switch
    {
        Cell.Number number => Markup("<td class=\"number\">").Text(number.Value.Text + (number.Unit is { } unit ? " " + unit : "")).Markup("</td>"),
        _ => Markup("<td>").Content(cell).Markup("</td>"),
    };

    /// <summary>A status; its level is a word, not only a colour.</summary>
    public HtmlOutput Status(StatusLevel level, string text) => level switch
    {
        StatusLevel.Error => Markup("<span class=\"error\">error: ").Text(text).Markup("</span>"),
        StatusLevel.Warning => Markup("<span class=\"warning\">warning: ").Text(text).Markup("</span>"),
        StatusLevel.Good => Markup("<strong>").Text(text).Markup("</strong>"),
        _ => Text(text),
    };

    public override string ToString() => _html.ToString();

    private HtmlOutput Content(Cell cell) => cell switch
    {
        Cell.Text { KeepsLines: true } text => Lines(text.Value),
        Cell.Text text => Text(text.Value),
        Cell.Code code => Markup("<code>").Text(code.Value).Markup("</code>"),
        Cell.Time time => Markup("<time>").Text(RecordTime.Format(time.Value)).Markup("</time>"),
        Cell.Link link => Link(link.Value, link.Target),
        Cell.Status status => Status(status.Level, status.Value),
        Cell.Missing => this,
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    };

    private HtmlOutput Lines(string text)
    {
        foreach (var (index, line) in text.Split('\n').Index())
        {
            Markup(index == 0 ? "" : "<br>").Text(line);
        }

        return this;
    }

    private HtmlOutput Link(string text, string target) => LinkTarget.Of(target) is { } uri
        ? Markup("<a href=\"").Text(uri).Markup("\" rel=\"noreferrer\">").Text(text).Markup("</a>")
        : Text(text);
}
