using System.Data.Common;
using Dossier.Artifacts;
using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.Identity;
using Dossier.Server.Access;
using Dossier.Server.Audit;
using Dossier.Server.Http;
using Dossier.Server.Oidc;
using Dossier.Server.Webhooks;
using Dossier.Storage;
using Dossier.Storage.Migrations;
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

    // How late reads and refusals are written, and events sealed.
    private static readonly TimeSpan AuditPause = TimeSpan.FromSeconds(1);

    // How late a change to permissions that another process made may count here.
    private static readonly TimeSpan AccessRefresh = TimeSpan.FromSeconds(1);

    // For that long, people see in their list that a token has ended.
    private static readonly TimeSpan EndedTokensKept = TimeSpan.FromDays(30);

    private static readonly TimeSpan TokenCleaning = TimeSpan.FromHours(1);
    private static readonly TimeSpan TokenUses = TimeSpan.FromMinutes(1);

    // A long filter or many run ids in one query; the default of 8 KB is less than other servers take.
    private const int MaxRequestLineBytes = 64 * 1024;

    private readonly WebApplication _app;
    private readonly DossierStore _store;
    private readonly ServerOptions _options;
    private readonly AuditTrail _trail;
    private readonly List<RepeatedWork> _work = [];
    private Provider? _provider;
    private WebhookServices? _webhooks;
    private WebhookDispatcher? _dispatcher;
    private bool _disposed;

    private DossierServer(WebApplication app, DossierStore store, ServerOptions options)
    {
        _app = app;
        _store = store;
        _options = options;
        _trail = new(store.Audit, options.RequireSignIn, options.Clock);
    }

    /// <summary>Where the server answers, e.g. <c>http://127.0.0.1:5000</c>.</summary>
    public Uri Url => new(_app.Urls.First());

    /// <summary>What starting did to the database's schema.</summary>
    public MigrationReport Migration => _store.Migration;

    /// <summary>The record, for tests that prepare it.</summary>
    internal DossierStore Store => _store;

    /// <summary>All routes, for tests of the route table.</summary>
    internal IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>Opens the stores and starts to listen.</summary>
    /// <exception cref="ServerOptionsException">The options are wrong or the address is taken; the message says all that is.</exception>
    /// <exception cref="StoreOpenException">The database can't be opened.</exception>
    public static async Task<DossierServer> StartAsync(ServerOptions options, CancellationToken cancel = default)
    {
        options.Validate();

        // Opening the database and making the host take about as long as each other: they run side by side.
        var opening = Task.Run(() => DossierStore.OpenAsync(options.BackendStore, ArtifactUri.ServedRoot + "/", options.Clock, cancel), cancel);
        var app = MakeHost(options);
        var server = new DossierServer(app, await OpenedAsync(opening, app), options);
        try
        {
            await server.RequireAdministratorAsync(cancel);
            server.MapPipeline();
            await app.StartAsync(cancel);
            return server;
        }
        catch (IOException failure)
        {
            await server.DisposeAsync();
            throw new ServerOptionsException([$"{options.Host}:{options.Port} can't be listened on: {failure.Message.TrimEnd('.')}."]);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        using var drain = new CancellationTokenSource(_options.DrainTimeout, _options.Clock);
        await _app.StopAsync(drain.Token);
        if (_dispatcher is not null)
        {
            await _dispatcher.StopAsync(drain.Token);
            await _dispatcher.DisposeAsync();
        }

        foreach (var work in _work)
        {
            await work.DisposeAsync();
        }

        _webhooks?.Dispose();
        await _app.DisposeAsync();
        _provider?.Dispose();
        await _store.DisposeAsync();
    }

    private static async Task<DossierStore> OpenedAsync(Task<DossierStore> opening, WebApplication app)
    {
        try
        {
            return await opening;
        }
        catch (DbException failure)
        {
            await app.DisposeAsync();
            throw new ServerOptionsException([$"the database can't be opened: {failure.Message}"]);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static WebApplication MakeHost(ServerOptions options)
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
        return builder.Build();
    }

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestReader.MaxBodyBytes;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static IArtifactStore OpenArtifacts(ServerOptions options)
    {
        try
        {
            return ArtifactStores.Open(options.ArtifactRoot, options.Clock);
        }
        catch (IOException failure)
        {
            throw new ServerOptionsException([failure.Message]);
        }
    }

    private async Task RequireAdministratorAsync(CancellationToken cancel)
    {
        if (_options.RequireSignIn && _options.Oidc?.AdminGroup is null && !await _store.Identity.HasAdministratorAsync(cancel))
        {
            throw new ServerOptionsException(
                ["callers must sign in, and there is no administrator yet. Create one with 'dossier admin create NAME', with the same --backend-store."]);
        }
    }

    private Task DeleteEndedTokensAsync(CancellationToken cancel) =>
        _store.Credentials.DeleteEndedTokensAsync((_options.Clock.GetUtcNow() - EndedTokensKept).ToUnixTimeMilliseconds(), cancel);

    private ProviderSignIn? MakeProvider()
    {
        if (_options.Oidc is not { } oidc)
        {
            return null;
        }

        _provider = new(oidc);
        var users = new ProviderUsers(_store.Identity, _store.ProviderGroups, oidc.AdminGroup, _options.Clock);
        return new(_provider, users, _store.Access, _options.Clock)
        {
            Login = new(_provider, users, _store.Credentials, oidc, _options.Clock),
        };
    }

    private void MapPipeline()
    {
        var logger = _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);
        var artifacts = OpenArtifacts(_options);
        var access = new AccessService(_store.Access);
        _webhooks = new(_store, _options, access);
        var services = new DomainServices(_store, artifacts, _options.Clock, access, new(_options.ProtectedAliases), _webhooks)
        {
            MasksSecrets = _options.MaskSecrets,
            Trail = _trail,
            Provider = MakeProvider(),
        };
        _app.Use((http, next) => ErrorAnswers.InvokeAsync(http, next, _trail, logger));
        _app.Use(new Browsers(_options).InvokeAsync);
        _app.Use(RawPath.RefuseDotSegmentsAsync);
        _app.UseRouting();
        if (_options.RequireSignIn)
        {
            _app.Use((http, next) => SignIn.RequireAsync(http, next, services));
        }
        else
        {
            _app.Use(SignIn.AsLocalAsync);
        }

#pragma warning disable ASP0014 // Said out loud, so that what follows it is the end of the pipeline.
        _app.UseEndpoints(endpoints =>
        {
            RouteTable.Map(endpoints, services);
            services.Provider?.Login.Map(new(endpoints, services));
        });
#pragma warning restore ASP0014
        _app.Run(ErrorAnswers.NotFoundAsync);
        _work.Add(RepeatedWork.Start("Noting when tokens were used", TokenUses, services.TokenSignIn.NoteUsesAsync, _options.Clock, logger, atTheEndToo: true));
        _work.Add(RepeatedWork.Start("Deleting tokens that ended", TokenCleaning, DeleteEndedTokensAsync, _options.Clock, logger));
        _work.Add(RepeatedWork.Start("Sealing events", AuditPause, _trail.FlushAsync, _options.Clock, logger, atTheEndToo: true));
        _work.Add(RepeatedWork.Start("Looking for changes of permissions", AccessRefresh, _store.Access.RefreshAsync, _options.Clock, logger));
        _dispatcher = _webhooks.StartDispatcher(logger);
    }
}
