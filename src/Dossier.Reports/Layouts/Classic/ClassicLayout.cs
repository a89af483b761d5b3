using Dossier.Reports.Data;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>The layout of the reports that were made before Dossier, section by section.</summary>
internal sealed class ClassicLayout : IReportLayout
{
    public string Name => "classic";

    public ReportDocument Lay(RecordView view, LayoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<Inline> title = [new Inline.Text("MLflow Model: "), new Inline.Emphasis(view.Manifest.TitleUri)];
        var to = new ClassicBody();
        if (view.HasFailed)
        {
            to.ErrorHeading(1);
            to.KeyValues(view.Root);
            return new ReportDocument(title, HasContents: false, to.Blocks);
        }

        OverviewSection.Lay(to, view, options);
        MlModelSections.LayModel(to, view.Model, options);
        MlModelSections.LayFeatureStore(to, view.FeatureStore, options);
        if (options.SectionOrder == SectionOrder.VersionFirst)
        {
            RegistrySections.LayVersion(to, view.Version);
            RegistrySections.LayModel(to, view.RegisteredModel);
        }
        else
        {
            RegistrySections.LayModel(to, view.RegisteredModel);
            RegistrySections.LayVersion(to, view.Version);
        }

        RunSection.Lay(to, view.Run, options);
        ExperimentSection.Lay(to, view.Experiment);
        return new ReportDocument(title, HasContents: true, to.Blocks);
    }
}
