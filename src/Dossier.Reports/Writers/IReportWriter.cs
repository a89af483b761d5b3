using Dossier.Reports.Document;

namespace Dossier.Reports.Writers;

/// <summary>Writes reports in one format. A pure function: the same document gives the same bytes.</summary>
public interface IReportWriter
{
    /// <summary>The format's name, e.g. <c>markdown</c>.</summary>
    string Name { get; }

    /// <summary>The file's bytes; text is UTF-8 without a byte order mark.</summary>
    byte[] Write(ReportDocument document);
}

/// <summary>The formats there are.</summary>
public static class ReportWriters
{
    /// <summary>One writer for each format.</summary>
    public static IReadOnlyList<IReportWriter> All { get; } = [Markdown.MarkdownWriter.Standard, Html.HtmlWriter.Instance];
}
