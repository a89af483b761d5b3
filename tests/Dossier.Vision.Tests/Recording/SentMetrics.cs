using System.Collections.Concurrent;
using System.Text.Json;
using Dossier.Protocol;

namespace Dossier.Vision.Tests.Recording;

/// <summary>Notes the metrics that a client sends, on their way to the real server: what a metric was measured on is read by MLflow 3 servers, but not given back with a run.</summary>
internal sealed class SentMetrics : DelegatingHandler
{
    public SentMetrics()
        : base(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
    }

    public ConcurrentQueue<(string Run, Metric Metric)> All { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath.EndsWith("/runs/log-batch", StringComparison.Ordinal))
        {
            var body = JsonElement.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            foreach (var metric in body.TryGetProperty("metrics", out var metrics) ? metrics.EnumerateArray() : default)
            {
                All.Enqueue((body.GetProperty("run_id").GetString()!, new()
                {
                    Key = metric.GetProperty("key").GetString()!,
                    DatasetName = metric.TryGetProperty("dataset_name", out var name) ? name.GetString() : null,
                    DatasetDigest = metric.TryGetProperty("dataset_digest", out var digest) ? digest.GetString() : null,
                }));
            }
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
