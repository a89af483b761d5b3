using System.Text;
using CsCheck;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;
using Dossier.Reports.Document;
using Dossier.Reports.Layouts;
using Dossier.Reports.Writers;
using Dossier.Testing;

namespace Dossier.Reports.Tests.Layout;

public sealed class LayoutTests
{
    [Fact]
    public void A_layout_is_a_small_class_and_prints_in_every_format()
    {
        var document = new Brief().Lay(new RecordView(Fixture.Seed), new LayoutOptions());
        Assert.All(ReportWriters.All, writer =>
        {
            var report = Encoding.UTF8.GetString(writer.Write(document));
            Assert.Contains("Metrics", report, StringComparison.Ordinal);
            Assert.Contains("0.9945694336695112", report, StringComparison.Ordinal);
            Assert.Contains("No signature", report, StringComparison.Ordinal);
            Assert.Contains("/mlflow_model/signature", report, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Headings_have_ids_that_say_where_they_are()
    {
        var to = new DocumentBuilder();
        to.Heading(1, "Run");
        to.Heading(2, "Tags");
        to.Heading(3, "Git Repo Tags");
        to.Heading(2, "Tags");
        to.Heading(1, "Experiment");
        to.Heading(2, "Tags");
        to.Heading(2, "é");
        Assert.Equal(
            ["run", "run-tags", "run-tags-git-repo-tags", "run-tags-2", "experiment", "experiment-tags", "experiment-section"],
            to.Blocks.OfType<Block.Heading>().Select(heading => heading.Id));
    }

    [Fact]
    public void Ids_are_unique_whatever_the_record_holds() => JsonGens.Document.Sample(root =>
    {
        var document = ReportLayouts.Classic.Lay(new RecordView(new DataDocument(root)), new LayoutOptions());
        var ids = document.Blocks.OfType<Block.Heading>().Select(heading => heading.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^[a-z0-9-]+$", id));
    });

    private sealed class Brief : IReportLayout
    {
        public string Name => "brief";

        public ReportDocument Lay(RecordView view, LayoutOptions options)
        {
            var to = new DocumentBuilder();
            to.Heading(1, "Metrics");
            to.Table(["Metric", "Value"], [.. (view.Run?.Metrics as RecordObject ?? []).Select(metric =>
                new Cell[] { new Cell.Code(metric.Key), metric.Value is RecordNumber number ? new Cell.Number(number) : new Cell.Missing() })]);
            if (view.Model.Signature is null)
            {
                to.Add(new Block.Finding(to.NewId("no signature"), StatusLevel.Warning, "No signature", [], ["/mlflow_model/signature"]));
            }

            return new([new Inline.Text("Brief")], HasContents: true, to.Blocks);
        }
    }
}
