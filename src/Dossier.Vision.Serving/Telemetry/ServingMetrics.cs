using System.Diagnostics.Metrics;
using Dossier.Vision.Serving.Models;
using Dossier.Vision.Serving.Scoring;

namespace Dossier.Vision.Serving.Telemetry;

/// <summary>What the server counts of itself, beside what every server of ours does.</summary>
internal sealed class ServingMetrics
{
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _latency;
    private readonly Histogram<long> _batches;
    private readonly Histogram<double> _runs;
    private long _dropped;
    private long _left;
    private long _reloads;
    private long _failedReloads;
    private long _captured;
    private long _uncaptured;
    private int _failing;

    public ServingMetrics(Meter meter)
    {
        _meter = meter;
        _requests = meter.CreateCounter<long>("dossier.scoring.requests", description: "Scoring requests by HTTP status.");
        _latency = meter.CreateHistogram(
            "dossier.scoring.request.duration", "s", "Time from a scoring request's first byte to its answer.", advice: Durations);
        _batches = meter.CreateHistogram(
            "dossier.scoring.batch.size", description: "Pictures in a run of the model.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128] });
        _runs = meter.CreateHistogram("dossier.scoring.model.duration", "s", "Time of a run of the model.", advice: Durations);
        Count("dossier.scoring.pictures.dropped", "Pictures not scored: their client left, or their request was refused.", () => Interlocked.Read(ref _dropped));
        Count("dossier.scoring.clients.left", "Clients that closed the connection before their answer.", () => Interlocked.Read(ref _left));
        Count("dossier.scoring.model.reloads", "Models exchanged for another version.", () => Interlocked.Read(ref _reloads));
        Count("dossier.scoring.model.reload.failures", "Versions that could not be loaded.", () => Interlocked.Read(ref _failedReloads));
        Count("dossier.scoring.captured.rows", "Rows written by the request capture.", () => Interlocked.Read(ref _captured));
        Count("dossier.scoring.capture.dropped.rows", "Rows that the request capture had no room for, or could not write.", () => Interlocked.Read(ref _uncaptured));
        Gauge("dossier.scoring.model.reload.failing", "1 while the current version could not be looked up or loaded.", () => Volatile.Read(ref _failing));
    }

    /// <summary>Shows the queue and the model, once there are both.</summary>
    public void Observe(ModelHolder models, ScoringQueue queue)
    {
        Gauge("dossier.scoring.queue.depth", "Pictures accepted and not yet answered.", () => queue.Depth);
        Gauge("dossier.scoring.queue.capacity", "The most pictures accepted and not yet answered.", () => queue.Capacity);
        _meter.CreateObservableGauge(
            "dossier.scoring.model.info",
            () => new Measurement<int>(1, new("name", models.Current.Target.Name), new("version", models.Current.Target.Version ?? "")),
            description: "The model that answers.");
        _meter.CreateObservableGauge(
            "dossier.scoring.model.loaded.timestamp", () => models.Current.LoadedAt.ToUnixTimeSeconds(), "s", "When that model was loaded.");
    }

    public void RequestDone(int status, TimeSpan duration)
    {
        _requests.Add(1, new KeyValuePair<string, object?>("status", status));
        _latency.Record(duration.TotalSeconds);
    }

    public void BatchDone(int size, TimeSpan duration)
    {
        _batches.Record(size);
        _runs.Record(duration.TotalSeconds);
    }

    public void ClientLeft() => Interlocked.Increment(ref _left);

    public void PictureDropped() => Interlocked.Increment(ref _dropped);

    /// <summary>The model was looked for, or exchanged.</summary>
    /// <param name="failed">Whether that failed.</param>
    /// <param name="count">Whether a version was tried.</param>
    public void ReloadEnded(bool failed, bool count)
    {
        Volatile.Write(ref _failing, failed ? 1 : 0);
        if (count)
        {
            Interlocked.Increment(ref failed ? ref _failedReloads : ref _reloads);
        }
    }

    public void Captured(int rows) => Interlocked.Add(ref _captured, rows);

    public void NotCaptured(int rows) => Interlocked.Add(ref _uncaptured, rows);

    private void Count(string name, string help, Func<long> value) => _meter.CreateObservableCounter(name, value, description: help);

    private void Gauge(string name, string help, Func<long> value) => _meter.CreateObservableGauge(name, value, description: help);
}
