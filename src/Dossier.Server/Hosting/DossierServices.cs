using System.Data.Common;
using Dossier.Artifacts;
using Dossier.Core;
using Dossier.Core.Artifacts;
using Dossier.Core.Webhooks;
using Dossier.Hosting;
using Dossier.Server.Audit;
using Dossier.Server.Oidc;
using Dossier.Server.Webhooks;
using Dossier.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dossier.Server.Hosting;

/// <summary>Composition: which class fulfils which port, and what runs in the background.</summary>
public static class DossierServices
{
    internal const string LogCategory = "Dossier.Server";

    // How late reads and refusals are written, and events sealed.
    private static readonly TimeSpan AuditPause = TimeSpan.FromSeconds(1);

    // How late a change to permissions that another process made may count here.
    private static readonly TimeSpan AccessRefresh = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TokenCleaning = TimeSpan.FromHours(1);
    private static readonly TimeSpan TokenUses = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Registers the stores, the domain and the server's background work. Nothing is made before it is asked for, and the container closes
    /// what was made: the database last.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">How the server is started.</param>
    /// <param name="opening">The record that is being opened; awaited before anything is asked for.</param>
    public static IServiceCollection AddDossier(this IServiceCollection services, ServerOptions options, Task<DossierStore> opening)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);

        // Under one type alone: the container closes an instance once for each that it knows it by.
        services.AddSingleton(_ => opening.GetAwaiter().GetResult());
        services.AddSingleton<IArtifactStore>(_ => OpenArtifacts(options));
        services.AddSingleton<IWebhookSender>(_ => new HttpWebhookSender(options.AllowPrivateWebhooks, options.Clock));
        services.AddSingleton(MakeDomain);
        services.AddSingleton(static provider => new AuditTrail(
            provider.GetRequiredService<DossierStore>().Audit, provider.GetRequiredService<ServerOptions>().RequireSignIn, provider.GetRequiredService<TimeProvider>()));
        if (options.Oidc is { } oidc)
        {
            services.AddSingleton(_ => new Provider(oidc));
            services.AddSingleton(static provider => new ProviderSignIn(
                provider.GetRequiredService<Provider>(), provider.GetRequiredService<Domain>().ProviderUsers,
                provider.GetRequiredService<DossierStore>().Access, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton(provider => new ProviderLogin(provider.GetRequiredService<Provider>(), oidc));
        }

        AddBackgroundWork(services);
        return services;
    }

    /// <summary>Opens the record, making a new one if there is none.</summary>
    /// <exception cref="ServerOptionsException">The database does not answer.</exception>
    /// <exception cref="StoreOpenException">The URI is wrong, or a newer program wrote the database.</exception>
    internal static async Task<DossierStore> OpenStoreAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await DossierStore.OpenAsync(options.BackendStore, ArtifactUri.ServedRoot + "/", options.Clock, cancellationToken);
        }
        catch (DbException failure)
        {
            throw new ServerOptionsException([$"the database can't be opened: {failure.Message}"]);
        }
    }

    // The host stops its services in the order opposite to this one, after the last request: webhooks first, and what is sealed includes all that
    // the others have written.
    private static void AddBackgroundWork(IServiceCollection services)
    {
        AddRepeated(services, "Looking for changes of permissions", AccessRefresh, static provider => provider.GetRequiredService<DossierStore>().Access.RefreshAsync);
        AddRepeated(services, "Sealing events", AuditPause, static provider => provider.GetRequiredService<AuditTrail>().FlushAsync, atTheEndToo: true);
        AddRepeated(services, "Deleting tokens that ended", TokenCleaning, static provider => provider.GetRequiredService<Domain>().Tokens.DeleteEndedAsync);
        AddRepeated(services, "Noting when tokens were used", TokenUses, static provider => provider.GetRequiredService<Domain>().TokenSignIn.NoteUsesAsync, atTheEndToo: true);
        services.AddSingleton<IHostedService>(static provider => new WebhookDispatcher(
            provider.GetRequiredService<DossierStore>().WebhookOutbox, provider.GetRequiredService<Domain>().Webhooks.Delivering,
            provider.GetRequiredService<TimeProvider>(), Logger(provider)));
    }

    private static void AddRepeated(
        IServiceCollection services, string name, TimeSpan pause, Func<IServiceProvider, Func<CancellationToken, Task>> work, bool atTheEndToo = false) =>
        services.AddSingleton<IHostedService>(provider =>
            new RepeatedWork(name, pause, work(provider), provider.GetRequiredService<TimeProvider>(), Logger(provider), atTheEndToo));

    private static ILogger Logger(IServiceProvider provider) => provider.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);

    private static Domain MakeDomain(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<ServerOptions>();
        var store = provider.GetRequiredService<DossierStore>();
        var ports = new DomainPorts
        {
            Stores = store,
            Artifacts = provider.GetRequiredService<IArtifactStore>,
            WebhookSender = provider.GetRequiredService<IWebhookSender>(),
            SecretKey = KeyFile.Of(options, store.SqlitePath).Key,
            Clock = options.Clock,
        };
        return new(ports, new()
        {
            ProtectedAliases = new(options.ProtectedAliases),
            AllowPrivateWebhooks = options.AllowPrivateWebhooks,
            ProviderAdminGroup = options.Oidc?.AdminGroup,
        });
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
}
