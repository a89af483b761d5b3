using Dossier.Core;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Core.LoggedModels;
using Dossier.Core.Registry;
using Dossier.Core.Review;
using Dossier.Core.Tracking;
using Dossier.Core.Webhooks;
using Dossier.Storage.Access;
using Dossier.Storage.Audit;
using Dossier.Storage.Identity;
using Dossier.Storage.LoggedModels;
using Dossier.Storage.Migrations;
using Dossier.Storage.Postgres;
using Dossier.Storage.Registry;
using Dossier.Storage.Review;
using Dossier.Storage.Sql;
using Dossier.Storage.Sqlite;
using Dossier.Storage.Tracking;
using Dossier.Storage.Webhooks;

namespace Dossier.Storage;

/// <summary>The opened record: the stores of one database. Disposing finishes the writes that have begun and closes it.</summary>
public sealed class DossierStore : IRecordStores, IAsyncDisposable
{
    private readonly SqlDatabase _database;

    internal SqlDatabase Database => _database;

    private DossierStore(SqlDatabase database, MigrationReport migration, string? sqlitePath)
    {
        _database = database;
        Migration = migration;
        SqlitePath = sqlitePath;
        Webhooks = new WebhookStore(database);
        WebhookOutbox = new WebhookOutbox(database);
        Audit = new AuditStore(database);
        var accessVersion = new AccessVersion();
        Tracking = new TrackingStore(database, accessVersion);
        Registry = new RegistryStore(database, accessVersion);
        Review = new ReviewStore(database);
        LoggedModels = new LoggedModelStore(database);
        Access = new AccessStore(database, accessVersion);
        Identity = new IdentityStore(database, accessVersion);
        Credentials = new CredentialStore(database, accessVersion);
        ClientSecrets = new ClientSecretStore(database, accessVersion);
        ProviderGroups = new ProviderGroupStore(database);
    }

    /// <inheritdoc/>
    public ITrackingStore Tracking { get; }

    /// <inheritdoc/>
    public IRegistryStore Registry { get; }

    /// <inheritdoc/>
    public IReviewStore Review { get; }

    /// <inheritdoc/>
    public ILoggedModelStore LoggedModels { get; }

    /// <inheritdoc/>
    public IAccessStore Access { get; }

    /// <inheritdoc/>
    public IIdentityStore Identity { get; }

    /// <inheritdoc/>
    public ICredentialStore Credentials { get; }

    /// <inheritdoc/>
    public IClientSecretStore ClientSecrets { get; }

    /// <inheritdoc/>
    public IProviderGroupStore ProviderGroups { get; }

    /// <inheritdoc/>
    public IAuditStore Audit { get; }

    /// <summary>Hears of every event that this process commits.</summary>
    public EventSignal EventCommitted => _database.EventCommitted;

    /// <inheritdoc/>
    public IWebhookStore Webhooks { get; }

    /// <inheritdoc/>
    public IWebhookOutbox WebhookOutbox { get; }

    /// <summary>The absolute path of the database file; null on PostgreSQL.</summary>
    public string? SqlitePath { get; }

    /// <summary>What the store has done since it was opened.</summary>
    public StoreStatistics Statistics => _database.Statistics;

    /// <summary>What opening did to the schema, for the operator's log.</summary>
    public MigrationReport Migration { get; }

    /// <summary>Opens the database, making a new one if there is none, and brings its schema to this program's version.</summary>
    /// <param name="uri"><c>sqlite:///relative/path.db</c>, <c>sqlite:////absolute/path.db</c> or <c>postgresql://user:password@host:port/database?sslmode=…</c>.</param>
    /// <param name="artifactRoot">The URI below which the experiment <c>Default</c> of a new database keeps its artifacts, e.g. <c>mlflow-artifacts:/</c>.</param>
    /// <param name="time">The clock, for what the migration itself writes.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <exception cref="StoreOpenException">The URI is wrong, or a newer program wrote the database.</exception>
    public static Task<DossierStore> OpenAsync(string uri, string artifactRoot, TimeProvider time, CancellationToken cancel) =>
        OpenAsync(uri, SchemaMigrations.All, new MigrationContext(artifactRoot, time), cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    internal static async Task<DossierStore> OpenAsync(
        string uri, IReadOnlyList<Migration> migrations, MigrationContext context, CancellationToken cancel)
    {
        var where = StoreUri.Parse(uri);
        if (where.SqlitePath is { } path)
        {
            var (sqlite, report) = await SqliteDatabase.OpenAsync(path, migrations, context);
            return new DossierStore(sqlite, report, path);
        }

        var (postgres, migrated) = await PostgresDatabase.OpenAsync(where.PostgresConnectionString!, migrations, context, cancel);
        return new DossierStore(postgres, migrated, sqlitePath: null);
    }
}
