using Dossier.Protocol;
using Dossier.Vision.Serving.Telemetry;
using Microsoft.Extensions.Logging;

namespace Dossier.Vision.Serving.Models;

/// <summary>
/// Holds the model that is served and exchanges it when its alias, stage or <c>latest</c> means another version: the new one is downloaded and has answered
/// before it takes over at once for all new requests, while those in flight finish on the old one. Whatever fails on the way, the old one is kept.
/// </summary>
internal sealed class ModelHolder : IDisposable
{
    private const int MaxPollsSkipped = 60;

    private readonly ModelSource _source;
    private readonly ModelLoader _loader;
    private readonly ServingMetrics _metrics;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _one = new(1);
    private ServedModel _current;
    private ModelTarget? _failed;
    private int _failures;
    private int _pollsToSkip;
    private string? _trouble;

    private ModelHolder(ModelSource source, ModelLoader loader, ServedModel first, ServingMetrics metrics, ILogger logger) =>
        (_source, _loader, _current, _metrics, _logger) = (source, loader, first, metrics, logger);

    /// <summary>The model that new requests get.</summary>
    public ServedModel Current => Volatile.Read(ref _current);

    /// <summary>Whether it may be exchanged.</summary>
    public bool Moves => _source.Moves;

    /// <summary>Why the newest version is not served, or not known; null when all is well.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Loads the first model.</summary>
    public static async Task<ModelHolder> OpenAsync(
        ModelSource source, ModelLoader loader, ServingMetrics metrics, ILogger logger, IProgress<long>? progress, CancellationToken cancellationToken) =>
        new(source, loader, await loader.LoadAsync(await source.FindAsync(cancellationToken), progress, cancellationToken), metrics, logger);

    /// <summary>The model for a request, which must release it.</summary>
    public ServedModel Use()
    {
        while (true)
        {
            var model = Current;
            if (model.TryUse())
            {
                return model;
            }
        }
    }

    /// <summary>Looks whether another version is meant, and loads it then.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (await FindAsync(cancellationToken) is { } target && target != Current.Target && !SkipRetry(target))
            {
                await ExchangeAsync(target, cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Current.Release();
        _one.Dispose();
    }

    private async Task<ModelTarget?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            var target = await _source.FindAsync(cancellationToken);
            if (target == Current.Target)
            {
                (_failed, _failures, _pollsToSkip) = (null, 0, 0);
                ClearTrouble();
            }

            return target;
        }
        catch (Exception failure) when (failure is ProtocolException or VisionException or HttpRequestException)
        {
            ReportTrouble($"Looking up the model's current version failed; still serving {Current.Target}: {failure.Message}");
            _metrics.ReloadEnded(failed: true, count: false);
            return null;
        }
    }

    // A version that failed is tried again, in case that it was the network's fault, but ever more seldom: it may be large.
    private bool SkipRetry(ModelTarget target) => target == _failed && _pollsToSkip-- > 0;

    private async Task ExchangeAsync(ModelTarget target, CancellationToken cancellationToken)
    {
        try
        {
            var next = await _loader.LoadAsync(target, progress: null, cancellationToken);
            var previous = Interlocked.Exchange(ref _current, next);
            previous.Release();
            (_failed, _failures) = (null, 0);
            Volatile.Write(ref _trouble, null);
            _metrics.ReloadEnded(failed: false, count: true);
            _logger.ModelExchanged(target, previous.Target);
        }
#pragma warning disable CA1031 // Whatever a broken model does, the old one must go on.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _failures = target == _failed ? _failures + 1 : 1;
            (_failed, _pollsToSkip) = (target, Math.Min((1 << Math.Min(_failures, 10)) - 1, MaxPollsSkipped));
            ReportTrouble($"Loading {target} failed; still serving {Current.Target}: {failure.Message}");
            _metrics.ReloadEnded(failed: true, count: true);
        }
    }

    private void ReportTrouble(string trouble)
    {
        if (trouble != _trouble)
        {
            _logger.ModelTrouble(trouble);
        }

        Volatile.Write(ref _trouble, trouble);
    }

    private void ClearTrouble()
    {
        if (_trouble is not null)
        {
            _logger.ModelCurrentAgain(Current.Target);
            Volatile.Write(ref _trouble, null);
            _metrics.ReloadEnded(failed: false, count: false);
        }
    }
}
