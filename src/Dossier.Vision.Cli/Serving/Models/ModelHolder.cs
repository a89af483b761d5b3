using Dossier.Protocol;
using Dossier.Vision.Cli.Serving.Telemetry;
using Microsoft.Extensions.Logging;

namespace Dossier.Vision.Cli.Serving.Models;

/// <summary>
/// Holds the model that is served and exchanges it when its alias, stage or <c>latest</c> means another version: the new one is downloaded and has answered
/// before it takes over at once for all new requests, while those in flight finish on the old one. Whatever fails on the way, the old one is kept.
/// </summary>
internal sealed class ModelHolder : IDisposable
{
    private const int MostPollsPassedOver = 60;

    private readonly ModelSource _source;
    private readonly ModelLoader _loader;
    private readonly ServingMetrics _metrics;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _one = new(1);
    private ServedModel _current;
    private ModelTarget? _failed;
    private int _failures;
    private int _passOver;
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
        ModelSource source, ModelLoader loader, ServingMetrics metrics, ILogger logger, IProgress<long>? progress, CancellationToken cancel) =>
        new(source, loader, await loader.LoadAsync(await source.FindAsync(cancel), progress, cancel), metrics, logger);

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
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (await FindAsync(cancel) is { } target && target != Current.Target && !PassOver(target))
            {
                await ExchangeAsync(target, cancel);
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

    private async Task<ModelTarget?> FindAsync(CancellationToken cancel)
    {
        try
        {
            var target = await _source.FindAsync(cancel);
            if (target == Current.Target)
            {
                (_failed, _failures, _passOver) = (null, 0, 0);
                Settle();
            }

            return target;
        }
        catch (Exception failure) when (failure is ProtocolException or VisionException or HttpRequestException)
        {
            Complain($"The tracking server does not say which version is meant, {Current.Target} is served on: {failure.Message}");
            _metrics.ReloadEnded(failed: true, count: false);
            return null;
        }
    }

    // A version that failed is tried again, in case that it was the network's fault, but ever more seldom: it may be large.
    private bool PassOver(ModelTarget target) => target == _failed && _passOver-- > 0;

    private async Task ExchangeAsync(ModelTarget target, CancellationToken cancel)
    {
        try
        {
            var next = await _loader.LoadAsync(target, progress: null, cancel);
            var previous = Interlocked.Exchange(ref _current, next);
            previous.Release();
            (_failed, _failures) = (null, 0);
            Volatile.Write(ref _trouble, null);
            _metrics.ReloadEnded(failed: false, count: true);
            _logger.LogInformation("{Model} is served now, instead of {Previous}", target, previous.Target);
        }
#pragma warning disable CA1031 // Whatever a broken model does, the old one must go on.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _failures = target == _failed ? _failures + 1 : 1;
            (_failed, _passOver) = (target, Math.Min((1 << Math.Min(_failures, 10)) - 1, MostPollsPassedOver));
            Complain($"{target} can't be served, {Current.Target} is served on: {failure.Message}");
            _metrics.ReloadEnded(failed: true, count: true);
        }
    }

    private void Complain(string trouble)
    {
        if (trouble != _trouble)
        {
            _logger.LogError("{Trouble}", trouble);
        }

        Volatile.Write(ref _trouble, trouble);
    }

    private void Settle()
    {
        if (_trouble is not null)
        {
            _logger.LogInformation("The tracking server means {Model}, which is served", Current.Target);
            Volatile.Write(ref _trouble, null);
            _metrics.ReloadEnded(failed: false, count: false);
        }
    }
}
