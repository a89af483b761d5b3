using Dossier.Hosting.Errors;
using Dossier.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Dossier.Hosting;

/// <summary>What a server's host is made from.</summary>
public sealed record HostSettings
{
    /// <summary>The program's name.</summary>
    public required string Name { get; init; }

    /// <summary>The category of the server's own log messages, of which those from information up are written; of others, warnings and errors are.</summary>
    public required string LogCategory { get; init; }

    /// <summary>Where it listens.</summary>
    public required ListenAddress Address { get; init; }

    /// <summary>The longest request body in bytes, where a route does not say otherwise.</summary>
    public required long MaxBodyBytes { get; init; }

    /// <summary>The longest request line in bytes.</summary>
    public int MaxRequestLineBytes { get; init; } = 8 * 1024;

    /// <summary>How long requests in flight may take to finish once the server is told to stop.</summary>
    public required TimeSpan DrainTimeout { get; init; }

    /// <summary>Whether the server adds up its metrics, so that a route of it can write them for Prometheus.</summary>
    public bool KeepsMetrics { get; init; }

    /// <summary>The OpenTelemetry collector that metrics and traces are sent to, by OTLP over HTTP; null for none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>The form of error answers where no route and no group declares another.</summary>
    public required ErrorForm ErrorForm { get; init; }
}

/// <summary>Makes the host of an HTTP server.</summary>
public static class ServerHost
{
    /// <summary>A builder with Kestrel, routing, logging to standard error and <see cref="ErrorForms"/>; nothing else.</summary>
    public static WebApplicationBuilder CreateBuilder(HostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);

        // Empty: no configuration files, environment variables or defaults decide about a server beside its options.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = settings.Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, settings));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(new ErrorForms(settings.ErrorForm));
        AddTelemetry(builder.Services, settings);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainTimeout);

        // Standard output belongs to the program that hosts the server.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging
            .AddConsole(console => console.FormatterName = LogFormatter.FormatterName)
            .AddConsoleFormatter<LogFormatter, ConsoleFormatterOptions>()
            .AddFilter(null, LogLevel.Warning)
            .AddFilter(settings.LogCategory, LogLevel.Information)
            // What keeps the host from starting is thrown to the caller.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        return builder;
    }

    /// <summary>Begins the pipeline: request ids, traces and metrics.</summary>
    /// <param name="app">The application.</param>
    /// <param name="logger">The server's log.</param>
    public static void UseTelemetry(this WebApplication app, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(app);

        // It counts from the first request on.
        _ = app.Services.GetService<Prometheus>();
        app.Use(new RequestTelemetry(app.Services.GetRequiredService<ServerMetrics>(), logger).InvokeAsync);
    }

    /// <summary>Ends the pipeline: the endpoints, and for every other path the error that there is none.</summary>
    /// <param name="app">The application; routing must be in its pipeline.</param>
    /// <param name="map">Maps the endpoints.</param>
    /// <param name="hint">What the error says besides, as the end of a sentence.</param>
    public static void EndWithEndpoints(this WebApplication app, Action<IEndpointRouteBuilder> map, string? hint = null)
    {
        ArgumentNullException.ThrowIfNull(app);
#pragma warning disable ASP0014 // Explicit, so that the fallback below runs last.
        app.UseEndpoints(map);
#pragma warning restore ASP0014
        app.Run(http => throw ErrorAnswers.NotFound(http, hint));
    }

    private static void AddTelemetry(IServiceCollection services, HostSettings settings)
    {
        services.AddMetrics();
        services.AddSingleton<ServerMetrics>();
        if (settings.KeepsMetrics)
        {
            services.AddSingleton<Prometheus>();
        }

        if (settings.OtlpEndpoint is { } endpoint)
        {
            OtlpExport.AddTo(services, endpoint, settings.Name);
        }
    }

    private static void Configure(KestrelServerOptions kestrel, HostSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
        kestrel.Limits.MaxRequestLineSize = settings.MaxRequestLineBytes;
        kestrel.Listen(settings.Address.Address, settings.Address.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
