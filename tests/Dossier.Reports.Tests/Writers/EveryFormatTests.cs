using System.Reflection;
using System.Text;
using CsCheck;
using Dossier.Reports.Data;
using Dossier.Reports.Document;
using Dossier.Reports.Layouts;
using Dossier.Reports.Writers;
using Dossier.Testing;

namespace Dossier.Reports.Tests.Writers;

public sealed class EveryFormatTests
{
    public static TheoryData<string> Formats => [.. ReportWriters.All.Select(writer => writer.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_kind_of_block_inline_and_cell_can_be_written(string format)
    {
        var document = SampleDocument.Of("text");
        Assert.Equal(KindsOf<Block>(), document.Blocks.Select(block => block.GetType().Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(KindsOf<Cell>(), SampleDocument.Cells("text", "").Select(cell => cell.GetType().Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(KindsOf<Inline>(), document.Title.Select(inline => inline.GetType().Name).Distinct().Order(StringComparer.Ordinal));

        foreach (var block in document.Blocks)
        {
            var without = Text(format, new([], HasContents: false, []));
            var with = Text(format, new([], HasContents: false, [block]));
            Assert.True(with.Length > without.Length, $"{block.GetType().Name} leaves nothing in {format}.");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_same_document_gives_the_same_bytes_and_the_seed_has_a_report(string format)
    {
        var document = ReportLayouts.Classic.Lay(new RecordView(Fixture.Seed), new LayoutOptions());
        Assert.Equal(Text(format, document), Text(format, document));
        Assert.Contains("0.9945694336695112", Text(format, document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("</title></style><script>alert(1)</script>")]
    [InlineData("&lt;script&gt;")]
    public void Html_shows_hostile_text_and_runs_none_of_it(string text)
    {
        var html = Text("html", SampleDocument.Of(text));
        var harmless = Text("html", SampleDocument.Of("harmless"));

        // The same elements and attributes, whatever the text is.
        Assert.Equal(harmless.Count(c => c == '<'), html.Count(c => c == '<'));
        Assert.Equal(harmless.Count(c => c == '"'), html.Count(c => c == '"'));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_of_any_text_is_the_same_markup() => JsonGens.Text.Sample(text =>
    {
        var html = Text("html", SampleDocument.Of(text));
        Assert.Equal(Text("html", SampleDocument.Of("")).Split('<').Length + Breaks(text), html.Split('<').Length);
        Assert.DoesNotContain(html, c => c < ' ' && c is not ('\n' or '\t' or '\r'));
    });

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("#\" onclick=\"alert(1)")]
    [InlineData("//evil.example.com")]
    public void A_link_that_is_no_web_address_is_printed_as_text(string target)
    {
        Assert.DoesNotContain(target, Text("html", SampleDocument.Of("x", target)), StringComparison.Ordinal);
        Assert.DoesNotContain($"]({target}", Text("markdown", SampleDocument.Of("x", target)), StringComparison.Ordinal);
        Assert.DoesNotContain($"](<{target}", Text("markdown", SampleDocument.Of("x", target)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>x</script>", @"\<script\>x\</script\>")]
    [InlineData("[a](b)", @"\[a\](b)")]
    [InlineData("a|b", @"a\|b")]
    [InlineData("a\nb", "a b")]
    [InlineData(@"a\*b", @"a\\\*b")]
    public void Markdown_shows_what_would_be_markup(string text, string expected)
    {
        var report = Text("markdown", new([], HasContents: false, [new Block.Paragraph([new Inline.Text(text)]), new Block.Table(["a"], [[new Cell.Text(text)]])]));
        Assert.Contains("\n\n" + expected, report, StringComparison.Ordinal);
        Assert.Contains($"\n|{expected}|\n", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a`b``c", "```a`b``c```")]
    [InlineData("`", "`` ` ``")]
    [InlineData("", "`  `")]
    public void Code_is_between_more_backticks_than_it_has(string code, string expected) =>
        Assert.EndsWith("\n\n" + expected, Text("markdown", new([], HasContents: false, [new Block.Paragraph([new Inline.Code(code)])])), StringComparison.Ordinal);

    [Fact]
    public void A_paragraph_that_starts_like_a_list_is_none() =>
        Assert.EndsWith("\n\n1\\. x", Text("markdown", new([], HasContents: false, [new Block.Paragraph([new Inline.Text("1. x")])])), StringComparison.Ordinal);

    [Fact]
    public void Contents_lead_to_their_own_heading()
    {
        var document = ReportLayouts.Classic.Lay(new RecordView(Fixture.Seed), new LayoutOptions());
        var html = Text("html", document);
        var markdown = Text("markdown", document);
        foreach (var heading in document.Contents)
        {
            Assert.Single(html.Split($" id=\"{heading.Id}\"").Skip(1));
            Assert.Single(html.Split($"href=\"#{heading.Id}\"").Skip(1));
            Assert.Single(markdown.Split($"<a id=\"{heading.Id}\"></a>").Skip(1));
            Assert.Single(markdown.Split($"](#{heading.Id})").Skip(1));
        }
    }

    [Fact]
    public void A_figure_that_is_no_picture_is_refused() => Assert.All(ReportWriters.All, writer => Assert.Throws<ArgumentException>(
        () => writer.Write(new([], HasContents: false, [new Block.Figure("f", "image/svg+xml", new byte[1], "x", [])]))));

    private static int Breaks(string text) => text.Count(c => c == '\n');

    private static string Text(string format, ReportDocument document) =>
        Encoding.UTF8.GetString(ReportWriters.All.Single(writer => writer.Name == format).Write(document));

    private static IEnumerable<string> KindsOf<T>() =>
        typeof(T).GetNestedTypes(BindingFlags.Public).Select(kind => kind.Name).Order(StringComparer.Ordinal);
}
