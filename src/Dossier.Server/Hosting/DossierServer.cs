using System.Diagnostics.CodeAnalysis;
using Dossier.Artifacts;
using Dossier.Core.Artifacts;
using Dossier.Server.Access;
using Dossier.Server.Http;
using Dossier.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Dossier.Server.Hosting;

/// <summary>A running server. Disposing it finishes the requests in flight, within the drain timeout, and then the writes.</summary>
public sealed class DossierServer : IAsyncDisposable
{
    private const string LogCategory = "Dossier.Server";

    // A long filter or many run ids in one query; the default of 8 KB is less than other servers take.
    private const int MaxRequestLineBytes = 64 * 1024;

    private readonly WebApplication app;
    private readonly DossierStore store;
    private readonly ServerOptions options;
    private bool disposed;

    private DossierServer(WebApplication app, DossierStore store, ServerOptions options)
    {
        this.app = app;
        this.store = store;
        this.options = options;
    }

    /// <summary>Where the server answers, e.g. <c>http://127.0.0.1:5000</c>.</summary>
    public Uri Url => new(app.Urls.First());

    /// <summary>All routes, for tests of the route table.</summary>
    internal IReadOnlyList<Endpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>Opens the stores and starts to listen.</summary>
    /// <exception cref="ServerOptionsException">The options are wrong or the address is taken; the message says all that is.</exception>
    /// <exception cref="StoreOpenException">The database can't be opened.</exception>
    public static async Task<DossierServer> StartAsync(ServerOptions options, CancellationToken cancel = default)
    {
        options.Validate();
        var store = await DossierStore.OpenAsync(options.BackendStore, ArtifactUri.ServedRoot + "/", options.Clock, cancel);
        var server = new DossierServer(Build(options, store), store, options);
        try
        {
            await server.app.StartAsync(cancel);
            return server;
        }
        catch (IOException failure)
        {
            await server.DisposeAsync();
            throw new ServerOptionsException([$"{options.Host}:{options.Port} can't be listened on: {failure.Message}"]);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server, logs where it is, and keeps it until SIGTERM, SIGINT or <paramref name="cancel"/>.</summary>
    /// <inheritdoc cref="StartAsync" path="/exception"/>
    public static async Task RunAsync(ServerOptions options, CancellationToken cancel = default)
    {
        await using var server = await StartAsync(options, cancel);
        server.app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory).LogInformation(
            "Listening on {Url}, backend store {BackendStore}, artifact root {ArtifactRoot}",
            server.Url, options.BackendStoreForPrint, Path.GetFullPath(options.ArtifactRoot));
        await server.app.WaitForShutdownAsync(cancel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        using var drain = new CancellationTokenSource(options.DrainTimeout, options.Clock);
        await app.StopAsync(drain.Token);
        await app.DisposeAsync();
        await store.DisposeAsync();
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The server disposes the application.")]
    private static WebApplication Build(ServerOptions options, DossierStore store)
    {
        // Empty: no configuration files, environment variables or defaults decide about a server beside its options.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "dossier" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout);

        // Standard output belongs to the program that hosts the server.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter(null, LogLevel.Warning)
            .AddFilter(LogCategory, LogLevel.Information)
            // What keeps the host from starting is thrown to the caller.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        var app = builder.Build();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);
        var artifacts = new LocalArtifactStore(options.ArtifactRoot, options.Clock);
        var services = new DomainServices(store.Tracking, store.Registry, store.LoggedModels, artifacts, options.Clock);
        app.Use((http, next) => ErrorAnswers.InvokeAsync(http, next, logger));
        app.Use(RawPath.RefuseDotSegmentsAsync);
        app.UseRouting();
        app.Use(Caller.SignInAsync);
#pragma warning disable ASP0014 // Said out loud, so that what follows it is the end of the pipeline.
        app.UseEndpoints(endpoints => RouteTable.Map(endpoints, services));
#pragma warning restore ASP0014
        app.Run(ErrorAnswers.NotFoundAsync);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestReader.MaxBodyBytes;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
