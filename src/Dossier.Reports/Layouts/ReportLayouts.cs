using Dossier.Reports.Layouts.Classic;

namespace Dossier.Reports.Layouts;

/// <summary>The layouts there are.</summary>
public static class ReportLayouts
{
    /// <summary>The layout of the reports that were made before Dossier.</summary>
    public static IReportLayout Classic { get; } = new ClassicLayout();
}
