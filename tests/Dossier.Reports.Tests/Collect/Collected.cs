using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Collect;
using Dossier.Reports.Data;
using Dossier.Reports.Layouts;

namespace Dossier.Reports.Tests.Collect;

internal static class Collected
{
    private static readonly FixedClock Clock = new(new DateTimeOffset(2024, 5, 6, 9, 8, 9, 999, TimeSpan.FromHours(2)));

    /// <summary>What is collected; it can always be written, read again and printed.</summary>
    public static async Task<RecordObject> RootAsync(RecordedServer server, string uri, bool permissions = false)
    {
        var collector = new RecordCollector(server, Clock, new CollectOptions { Permissions = permissions });
        var data = await collector.CollectAsync(ModelUri.Parse(uri), TestContext.Current.CancellationToken);
        Assert.Equal(data.ToBytes(), DataDocument.Parse(data.ToBytes()).ToBytes());
        Assert.NotEmpty(ReportRenderer.ToMarkdown(data, new LayoutOptions()));
        return data.Root;
    }
}
