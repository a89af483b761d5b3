using System.Globalization;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// A run that this program is at work on. Metrics, params and tags are taken at once and sent in the background, in order and in batches,
/// after a second at most; artifacts, datasets and models are sent when the call is awaited. Safe for use by many threads.
/// </summary>
/// <remarks>
/// <para>Disposing sends what waits and ends the run as <c>FINISHED</c>, or as <c>FAILED</c> or <c>KILLED</c> after <see cref="Fail"/> or <see cref="Kill"/>.
/// .NET does not let a disposed object see whether an exception is being thrown: use <see cref="DossierClient.RunAsync"/>, which does all that,
/// or catch, call <see cref="Fail"/> and rethrow.</para>
/// <para>What the server refuses, a param with a second value for instance, does not stop the other entries; <see cref="FlushAsync"/> and
/// <see cref="DisposeAsync"/> throw a <see cref="RunLoggingException"/> that names every entry that is not logged.</para>
/// </remarks>
public sealed partial class ActiveRun : IAsyncDisposable
{
    private readonly DossierClient _client;
    private readonly TimeProvider _time;
    private readonly RunWriter _writer;
    private string _status = RunStatus.Finished;
    private int _disposed;

    internal ActiveRun(DossierClient client, Run run, TimeProvider time)
    {
        _client = client;
        _time = time;
        Info = run.Info;
        _writer = new(client.Runs, run.Info.RunId, time);
    }

    /// <summary>The run as it was started.</summary>
    public RunInfo Info { get; }

    /// <summary>The run's id.</summary>
    public string Id => Info.RunId;

    /// <summary>Logs one point of a metric; waits only while 10,000 entries wait to be sent.</summary>
    /// <param name="key">The metric.</param>
    /// <param name="value">The value; NaN and infinities are allowed.</param>
    /// <param name="step">The step it belongs to.</param>
    /// <param name="timestamp">When it was measured; null: now.</param>
    /// <exception cref="ObjectDisposedException">The run is closed.</exception>
    public void LogMetric(string key, double value, long step = 0, DateTimeOffset? timestamp = null) =>
        LogMetric(new Metric { Key = key, Value = value, Step = step, Timestamp = (timestamp ?? _time.GetUtcNow()).ToUnixTimeMilliseconds() });

    /// <summary>As <see cref="LogMetric(string, double, long, DateTimeOffset?)"/>, with all that a point may say.</summary>
    public void LogMetric(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentException.ThrowIfNullOrEmpty(metric.Key);
        _writer.Write(new(Metric: metric));
    }

    /// <summary>Logs a param; numbers and dates are written in the invariant culture, null as <c>None</c>.</summary>
    /// <exception cref="ObjectDisposedException">The run is closed.</exception>
    public void LogParam(string key, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        _writer.Write(new(Param: new(key, value is null ? "None" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")));
    }

    /// <summary>Sets a tag; the last value counts.</summary>
    /// <exception cref="ObjectDisposedException">The run is closed.</exception>
    public void SetTag(string key, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        _writer.Write(new(Tag: new(key, value)));
    }

    /// <summary>Waits until all that was logged before is at the server.</summary>
    /// <exception cref="RunLoggingException">Some entries were not logged; each is reported once.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return _writer.FlushAsync(cancellationToken);
    }

    /// <summary>The run will end as <c>FAILED</c>.</summary>
    public void Fail() => _status = RunStatus.Failed;

    /// <summary>The run will end as <c>KILLED</c>: stopped from outside.</summary>
    public void Kill() => _status = RunStatus.Killed;

    /// <summary>Sends what waits and ends the run.</summary>
    /// <exception cref="RunLoggingException">Some entries are not logged, although the run is ended.</exception>
    /// <exception cref="ProtocolException">The run could not be ended; its <c>InnerException</c> lists the entries that were not logged.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _writer.CloseAsync();
        try
        {
            await _client.Runs.UpdateAsync(new() { RunId = Id, RunUuid = Id, Status = _status, EndTime = _time.Milliseconds() });
        }
        catch (ProtocolException e)
        {
            Exception cause = e;
            try
            {
                _writer.ThrowIfAnyFailed();
            }
            catch (RunLoggingException lost)
            {
                cause = lost;
            }

            throw new ProtocolException(e.ErrorCode, $"Run {Id} could not be ended as {_status}: {e.Message}", cause) { StatusCode = e.StatusCode };
        }

        _writer.ThrowIfAnyFailed();
    }
}
