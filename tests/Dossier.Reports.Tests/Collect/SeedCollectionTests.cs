using System.Text;
using Dossier.Protocol;
using Dossier.Reports.Collect;
using Dossier.Reports.Layouts;

namespace Dossier.Reports.Tests.Collect;

public sealed class SeedCollectionTests
{
    private static readonly DateTimeOffset SeedTime = new(2023, 8, 20, 17, 24, 32, TimeSpan.Zero);

    [Fact]
    public async Task The_answers_of_the_seeds_workspace_give_the_seeds_data_document_byte_for_byte()
    {
        var data = await CollectAsync(RecordedServer.Load("pcb-model.answers.json"), "models:/dbdemos_pcb_classification/1");

        var expected = Encoding.UTF8.GetString(Fixture.Bytes("pcb-model.data.json"));
        var client = data.Root.ObjectAt("manifest")!.TextAt("mlflow_version");
        Assert.Equal(expected.Replace("\"2.5.0\"", $"\"{client}\"", StringComparison.Ordinal), Encoding.UTF8.GetString(data.ToBytes()));
    }

    [Fact]
    public async Task The_answers_of_the_seeds_workspace_give_the_seed()
    {
        var data = await CollectAsync(RecordedServer.Load("pcb-model.answers.json"), "models:/dbdemos_pcb_classification/1");

        Assert.Equal(Encoding.UTF8.GetString(Fixture.Bytes("pcb-model-report.md")), ReportRenderer.ToMarkdown(data, new LayoutOptions()));
    }

    private static Task<Data.DataDocument> CollectAsync(RecordedServer server, string uri) =>
        new RecordCollector(server, new FixedClock(SeedTime), new CollectOptions { Permissions = true })
            .CollectAsync(ModelUri.Parse(uri), TestContext.Current.CancellationToken);
}
