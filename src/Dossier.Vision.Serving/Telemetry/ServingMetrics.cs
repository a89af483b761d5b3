using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Dossier.Vision.Serving.Models;

namespace Dossier.Vision.Serving.Telemetry;

/// <summary>What the server counts of itself, in the text format that Prometheus reads.</summary>
internal sealed class ServingMetrics
{
    /// <summary>The format's content type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly ConcurrentDictionary<int, StrongBox> _requests = new();
    private readonly Histogram _latency = new(
        "dossier_scoring_request_duration_seconds", "Time from a scoring request's first byte to its answer.",
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);

    private readonly Histogram _batches = new("dossier_scoring_batch_size", "Pictures in a run of the model.", 1, 2, 4, 8, 16, 32, 64, 128);
    private readonly Histogram _runs = new(
        "dossier_scoring_model_duration_seconds", "Time of a run of the model.", 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);

    private long _dropped;
    private long _left;
    private long _reloads;
    private long _failedReloads;
    private long _captured;
    private long _uncaptured;
    private int _failing;

    public void RequestDone(int status, TimeSpan duration)
    {
        Interlocked.Increment(ref _requests.GetOrAdd(status, static _ => new()).Value);
        _latency.Observe(duration.TotalSeconds);
    }

    public void BatchDone(int size, TimeSpan duration)
    {
        _batches.Observe(size);
        _runs.Observe(duration.TotalSeconds);
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

    /// <summary>All of it.</summary>
    public string Write(ServedModel model, int depth, int capacity)
    {
        var text = new StringBuilder();
        Head(text, "dossier_scoring_requests_total", "counter", "Scoring requests by HTTP status.");
        foreach (var (status, count) in _requests.OrderBy(pair => pair.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"dossier_scoring_requests_total{{status=\"{status}\"}} {Interlocked.Read(ref count.Value)}\n");
        }

        _latency.Write(text);
        _batches.Write(text);
        _runs.Write(text);
        One(text, "dossier_scoring_queue_depth", "gauge", "Pictures accepted and not yet answered.", depth);
        One(text, "dossier_scoring_queue_capacity", "gauge", "The most pictures accepted and not yet answered.", capacity);
        One(text, "dossier_scoring_pictures_dropped_total", "counter", "Pictures not scored: their client left, or their request was refused.", Interlocked.Read(ref _dropped));
        One(text, "dossier_scoring_clients_left_total", "counter", "Clients that closed the connection before their answer.", Interlocked.Read(ref _left));
        Head(text, "dossier_scoring_model_info", "gauge", "The model that answers.");
        text.Append(CultureInfo.InvariantCulture, $"dossier_scoring_model_info{{name=\"{Label(model.Target.Name)}\",version=\"{Label(model.Target.Version ?? "")}\"}} 1\n");
        One(text, "dossier_scoring_model_loaded_timestamp_seconds", "gauge", "When that model was loaded.", model.LoadedAt.ToUnixTimeSeconds());
        One(text, "dossier_scoring_model_reloads_total", "counter", "Models exchanged for another version.", Interlocked.Read(ref _reloads));
        One(text, "dossier_scoring_model_reload_failures_total", "counter", "Versions that could not be loaded.", Interlocked.Read(ref _failedReloads));
        One(text, "dossier_scoring_model_reload_failing", "gauge", "1 while the current version could not be looked up or loaded.", Volatile.Read(ref _failing));
        One(text, "dossier_scoring_captured_rows_total", "counter", "Rows written by the request capture.", Interlocked.Read(ref _captured));
        One(text, "dossier_scoring_capture_dropped_rows_total", "counter", "Rows that the request capture had no room for, or could not write.", Interlocked.Read(ref _uncaptured));
        return text.ToString();
    }

    private static void One(StringBuilder text, string name, string type, string help, long value)
    {
        Head(text, name, type, help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static string Label(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private sealed class StrongBox
    {
        public long Value;
    }
}
