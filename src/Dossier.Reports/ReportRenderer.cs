using Dossier.Reports.Data;
using Dossier.Reports.Layouts;
using Dossier.Reports.Writers.Markdown;

namespace Dossier.Reports;

/// <summary>Prints a data document as the classic report.</summary>
public static class ReportRenderer
{
    /// <summary>
    /// The classic report as Markdown: a pure function of its arguments, defined for every data document, however little of the expected
    /// is in it. Store it as UTF-8 without a byte order mark and change nothing: its trailing spaces and its missing final line end are
    /// part of the layout.
    /// </summary>
    /// <param name="data">The record.</param>
    /// <param name="options">What to show.</param>
    /// <param name="shown">What to show in place of the manifest's own words; null for nothing.</param>
    public static string ToMarkdown(DataDocument data, LayoutOptions options, ShownManifest? shown = null) =>
        MarkdownWriter.Classic.WriteText(ReportLayouts.Classic.Lay(new RecordView(data, shown), options));
}
