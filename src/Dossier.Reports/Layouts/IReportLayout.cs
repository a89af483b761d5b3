using Dossier.Reports.Data;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layouts;

/// <summary>Decides what a report shows of the record, in which order. A pure function, without any output format.</summary>
public interface IReportLayout
{
    /// <summary>The layout's name, e.g. <c>classic</c>.</summary>
    string Name { get; }

    /// <summary>Lays the record out. It is defined for every data document, however little of the expected is in it.</summary>
    ReportDocument Lay(RecordView view, LayoutOptions options);
}
