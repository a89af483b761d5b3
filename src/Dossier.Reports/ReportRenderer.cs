using Dossier.Reports.Data;
using Dossier.Reports.Layout;
using Dossier.Reports.Markdown;

namespace Dossier.Reports;

/// <summary>Turns a data document into a report.</summary>
public static class ReportRenderer
{
    /// <summary>
    /// The report as Markdown: a pure function of its arguments, defined for every data document, however little of the expected is in
    /// it. To be stored as UTF-8 without byte order mark, as it is: its trailing spaces and its missing final line end are part of the layout.
    /// </summary>
    public static string ToMarkdown(DataDocument data, ReportOptions options) => MarkdownWriter.Write(RecordLayout.Lay(data, options));
}
