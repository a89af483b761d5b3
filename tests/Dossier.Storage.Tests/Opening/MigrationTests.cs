using Dossier.Storage.Migrations;
using Dossier.Testing;

namespace Dossier.Storage.Tests.Opening;

public sealed class MigrationTests : IDisposable
{
    private static readonly MigrationContext Context = new("mlflow-artifacts:/", TimeProvider.System);

    private static readonly IReadOnlyList<Migration> WithSecond =
    [
        .. SchemaMigrations.All,
        new(SchemaMigrations.All.Count + 1, "a table for this test", static async (session, _) => await session.ExecuteAsync("CREATE TABLE second (id BIGINT)")),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static async Task<string> NewUriAsync(TemporaryFolder folder, bool postgres) => postgres
        ? (await (await PostgresServer.GetAsync()).CreateDatabaseAsync()).Uri
        : $"sqlite:///{folder.Combine("record.db")}";

    private static async Task<MigrationReport> OpenAsync(string uri, IReadOnlyList<Migration> migrations)
    {
        await using var store = await DossierStore.OpenAsync(uri, migrations, Context, default);
        Assert.Equal("Default", (await store.Tracking.GetExperimentAsync("0", default))?.Name);
        return store.Migration;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_goes_through_its_versions_once(bool postgres)
    {
        var uri = await NewUriAsync(_folder, postgres);
        var first = SchemaMigrations.All.Count;
        Assert.Equal((0, first, null), (await OpenAsync(uri, SchemaMigrations.All)) is var made ? (made.From, made.To, made.Backup) : default);
        Assert.False((await OpenAsync(uri, SchemaMigrations.All)).Migrated);
        var migrated = await OpenAsync(uri, WithSecond);
        Assert.Equal((first, first + 1, true), (migrated.From, migrated.To, migrated.Migrated));
        Assert.False((await OpenAsync(uri, WithSecond)).Migrated);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_of_a_newer_program_is_refused(bool postgres)
    {
        var uri = await NewUriAsync(_folder, postgres);
        await OpenAsync(uri, WithSecond);
        var refused = await Assert.ThrowsAsync<StoreOpenException>(() => OpenAsync(uri, SchemaMigrations.All));
        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_migration_that_fails_leaves_the_version_before(bool postgres)
    {
        var uri = await NewUriAsync(_folder, postgres);
        await OpenAsync(uri, SchemaMigrations.All);
        IReadOnlyList<Migration> failing = [.. SchemaMigrations.All, new(SchemaMigrations.All.Count + 1, "fails", static async (session, _) =>
        {
            await session.ExecuteAsync("CREATE TABLE half (id BIGINT)");
            throw new InvalidOperationException("stop");
        })];
        await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(uri, failing));
        IReadOnlyList<Migration> mended = [.. SchemaMigrations.All, new(SchemaMigrations.All.Count + 1, "works",
            static async (session, _) => await session.ExecuteAsync("CREATE TABLE half (id BIGINT)"))];
        Assert.True((await OpenAsync(uri, mended)).Migrated);
    }

    [Fact]
    public async Task A_backup_with_the_record_as_it_was_lies_beside_a_migrated_file()
    {
        var uri = await NewUriAsync(_folder, postgres: false);
        await using (var store = await DossierStore.OpenAsync(uri, SchemaMigrations.All, Context, default))
        {
            await store.Tracking.CreateExperimentAsync(new() { Name = "kept" }, "mlflow-artifacts:/", new("ann", 1), default);
        }

        var backup = (await OpenAsync(uri, WithSecond)).Backup;
        Assert.NotNull(backup);
        Assert.StartsWith(_folder.Combine($"record.db.backup-v{SchemaMigrations.All.Count}-"), backup, StringComparison.Ordinal);
        await using var old = await DossierStore.OpenAsync($"sqlite:///{backup}", SchemaMigrations.All, Context, default);
        Assert.False(old.Migration.Migrated);
        Assert.NotNull(await old.Tracking.GetExperimentByNameAsync("kept", default));
    }

    [Fact]
    public async Task Replicas_that_start_together_migrate_once()
    {
        var uri = await NewUriAsync(_folder, postgres: true);
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(uri, SchemaMigrations.All)));
        Assert.Single(reports, report => report.Migrated);
    }
}
