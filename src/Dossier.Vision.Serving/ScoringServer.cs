using Dossier.Client;
using Dossier.Hosting;
using Dossier.Hosting.Errors;
using Dossier.Hosting.Telemetry;
using Dossier.Vision.Serving.Capture;
using Dossier.Vision.Serving.Http;
using Dossier.Vision.Serving.Models;
using Dossier.Vision.Serving.Scoring;
using Dossier.Vision.Serving.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dossier.Vision.Serving;

/// <summary>
/// A running server that classifies pictures with a registered model, on ONNX Runtime, and speaks MLflow's scoring protocol. Disposing it finishes the
/// requests in flight, within the drain timeout, and writes what was captured.
/// </summary>
public sealed class ScoringServer : IAsyncDisposable
{
    private const string LogCategory = "Dossier.Vision.Serving";

    // The model goes on answering meanwhile: the next poll is soon.
    private const int TrackingRetries = 1;

    private readonly ScoringServerOptions _options;
    private readonly WebApplication _app;
    private readonly ILogger _logger;
    private readonly ServingMetrics _metrics;
    private DossierClient? _client;
    private ModelHolder? _models;
    private CaptureWriter? _capture;
    private ScoringPipeline? _pipeline;
    private RepeatedWork? _polling;
    private bool _disposed;

    private ScoringServer(ScoringServerOptions options)
    {
        _options = options;
        _app = MakeHost(options);
        _logger = _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);
        _app.UseTelemetry(_logger);
        _metrics = new(_app.Services.GetRequiredService<ServerMetrics>().Meter);
    }

    /// <summary>Where the server answers, e.g. <c>http://127.0.0.1:5001</c>.</summary>
    public Uri Url => new(_app.Urls.First());

    /// <summary>The registered model that is served, or the last part of its path.</summary>
    public string ModelName => _models!.Current.Target.Name;

    /// <summary>The version that new requests get; null where the model is not a registered one's.</summary>
    public string? ModelVersion => _models!.Current.Target.Version;

    /// <summary>The class names, by id.</summary>
    public IReadOnlyList<string> Classes => _models!.Current.Classifier.Classes;

    /// <summary>Loads the model and starts to listen.</summary>
    /// <param name="options">The options.</param>
    /// <param name="progress">Is told how many bytes of the model have been downloaded so far.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="VisionException">The options are wrong, the model is none that can be served, or the address is taken.</exception>
    /// <exception cref="Dossier.Protocol.ProtocolException">The tracking server knows no such model, or can't be reached.</exception>
    public static async Task<ScoringServer> StartAsync(ScoringServerOptions options, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var server = new ScoringServer(options);
        try
        {
            await server.OpenAsync(progress, cancellationToken);
            await server._app.StartAsync(cancellationToken);
            if (server._models!.Moves)
            {
                server._polling = new("Looking for a newer model", options.PollInterval, server._models.RefreshAsync, options.Clock, server._logger, atTheEndToo: false);
                await server._polling.StartAsync(cancellationToken);
            }

            return server;
        }
        catch (IOException failure)
        {
            await server.DisposeAsync();
            throw new VisionException(options.Address.CannotListen(failure), failure);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the tracking server at once whether another version is meant, and returns when that one answers, or can't be served.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task RefreshModelAsync(CancellationToken cancellationToken = default) => _models!.RefreshAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_polling is not null)
        {
            await _polling.StopAsync(CancellationToken.None);
            _polling.Dispose();
        }

        using (var drain = new CancellationTokenSource(_options.DrainTimeout, _options.Clock))
        {
            await _app.StopAsync(drain.Token);
        }

        await _app.DisposeAsync();
        _pipeline?.Dispose();
        if (_capture is not null)
        {
            await _capture.DisposeAsync();
        }

        _models?.Dispose();
        _client?.Dispose();
    }

    private static WebApplication MakeHost(ScoringServerOptions options) => ServerHost.CreateBuilder(new()
    {
        Name = "dossier-vision",
        LogCategory = LogCategory,
        Address = options.Address,
        MaxBodyBytes = options.MaxBodyBytes,
        DrainTimeout = options.DrainTimeout,
        ErrorForm = new JsonErrorForm("Bearer"),
        KeepsMetrics = true,
        OtlpEndpoint = options.OtlpEndpoint is { } endpoint ? new(endpoint) : null,
    }).Build();

    private async Task OpenAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        _client = _options.Tracking is { } tracking ? new(tracking with { MaxRetries = Math.Min(tracking.MaxRetries, TrackingRetries) }) : null;
        var loader = new ModelLoader(_client, new() { Threads = _options.Threads }, _options.Clock);
        _models = await ModelHolder.OpenAsync(new(_options.ModelUri, _client), loader, _metrics, _logger, progress, cancellationToken);
        _capture = _options.Capture is { } capture ? CaptureWriter.Start(capture, _options.Clock, _metrics, _logger) : null;
        var queue = new ScoringQueue(_options.QueueCapacity, _options.Clock);
        _metrics.Observe(_models, queue);
        _pipeline = new(_options, queue, _metrics);
        var errors = new ErrorAnswers(_app.Services.GetRequiredService<ErrorForms>(), _logger);
        var invocations = new Invocations(_options, _models, queue, _pipeline, _metrics, _capture, errors);
        _app.Use(errors.InvokeAsync);
        _app.Use(new Browsers(_options.BrowserRules).InvokeAsync);
        _app.Use(new Bearer(_options.Token).InvokeAsync);
        _app.UseRouting();
        _app.EndWithEndpoints(
            new ServingRoutes(invocations, _models, _app.Services.GetRequiredService<Prometheus>()).Map, "this server has /invocations, /ping, /health, /version and /metrics");
    }
}
