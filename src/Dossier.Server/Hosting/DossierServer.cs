using Dossier.Core;
using Dossier.Hosting;
using Dossier.Server.Http;
using Dossier.Storage;
using Dossier.Storage.Migrations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dossier.Server.Hosting;

/// <summary>A running server. Disposing it finishes the requests in flight, within the drain timeout, and then the writes.</summary>
public sealed class DossierServer : IAsyncDisposable
{
    // A long filter or many run ids in one query; the default of 8 KB is less than other servers take.
    private const int MaxRequestLineBytes = 64 * 1024;

    private readonly WebApplication _app;
    private readonly ServerOptions _options;
    private bool _disposed;

    private DossierServer(WebApplication app, ServerOptions options)
    {
        _app = app;
        _options = options;
    }

    /// <summary>Where the server answers, e.g. <c>http://127.0.0.1:5000</c>.</summary>
    public Uri Url => new(_app.Urls.First());

    /// <summary>What starting did to the database's schema.</summary>
    public MigrationReport Migration => Store.Migration;

    /// <summary>The record, for tests that prepare it.</summary>
    internal DossierStore Store => _app.Services.GetRequiredService<DossierStore>();

    /// <summary>All routes, for tests of the route table.</summary>
    internal IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>Opens the stores and starts to listen.</summary>
    /// <exception cref="ServerOptionsException">The options are wrong or the address is taken; the message says all that is.</exception>
    /// <exception cref="StoreOpenException">The database can't be opened.</exception>
    public static async Task<DossierServer> StartAsync(ServerOptions options, CancellationToken cancellationToken = default)
    {
        options.Validate();

        // Opening the database and making the host take about as long as each other: they run side by side.
        var opening = Task.Run(() => DossierServices.OpenStoreAsync(options, cancellationToken), cancellationToken);
        var server = new DossierServer(MakeHost(options, opening), options);
        try
        {
            await opening;
            await server.PrepareAsync(cancellationToken);
            await server.ListenAsync(cancellationToken);
            return server;
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

        // Requests end first, then background work with its last round, and when all that used the database is gone, it is closed.
        _disposed = true;
        using var drain = new CancellationTokenSource(_options.DrainTimeout, _options.Clock);
        await _app.StopAsync(drain.Token);
        await _app.DisposeAsync();
    }

    private static WebApplication MakeHost(ServerOptions options, Task<DossierStore> opening)
    {
        var builder = ServerHost.CreateBuilder(new()
        {
            Name = "dossier",
            LogCategory = DossierServices.LogCategory,
            Address = options.Address,
            MaxBodyBytes = RequestReader.MaxBodyBytes,
            MaxRequestLineBytes = MaxRequestLineBytes,
            DrainTimeout = options.DrainTimeout,
            ErrorForm = RouteTable.Errors,
            KeepsMetrics = options.Metrics,
            OtlpEndpoint = options.OtlpEndpoint is { } endpoint ? new(endpoint) : null,
        });
        builder.Services.AddDossier(options, opening);
        return builder.Build();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException failure)
        {
            throw new ServerOptionsException([_options.Address.CannotListen(failure)]);
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var domain = _app.Services.GetRequiredService<Domain>();
        if (_options.RequireSignIn && _options.Oidc?.AdminGroup is null && !await domain.Administrators.AnyAsync(cancellationToken))
        {
            throw new ServerOptionsException(
                ["callers must sign in, and there is no administrator yet. Create one with 'dossier admin create NAME', with the same --backend-store."]);
        }

        // An artifact root that can't be used is said now, and not to the first caller.
        _ = domain.Artifacts;
        Pipeline.Map(_app);
    }
}
