using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Audit;

/// <summary>What the tests of the audit share.</summary>
public abstract class AuditTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    protected IAuditStore Audit => Store.Audit;

    private protected Task WriteAsync(string principal, EventAction action, string id, long at = 7, int times = 1) => Store.Database.WriteAsync(async session =>
    {
        for (var time = 0; time < times; time++)
        {
            await EventWriter.WriteAsync(session, new Change(principal, at), action, id, "{}");
        }
    }, default);

    /// <summary>Seals all there is.</summary>
    protected async Task SealAsync()
    {
        await SettledAsync();
        await Audit.SealAsync(1_000, default);
    }

    /// <summary>Waits until all that was committed can be read from the stream: transactions of other tests on the same server may hold it up for a moment.</summary>
    protected async Task SettledAsync()
    {
        var written = await CountAsync("SELECT COUNT(*) FROM events");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Store.Database.Dialect.HasOneWriter && await CountAsync($"SELECT COUNT(*) FROM events WHERE tx < {EventEpoch.Horizon}") < written)
        {
            await Task.Delay(5, limit.Token);
        }
    }

    private Task<long> CountAsync(string sql) => Store.Database.ReadAsync(session => session.FirstAsync(sql, static row => row.Integer(0), 0L), default);

    protected Task<AuditVerification> VerifyAsync(string? head = null, long after = 0, int seals = int.MaxValue) =>
        Audit.VerifyAsync(after, seals, head, default);

    /// <summary>As somebody with the database's password would: not stopped by what refuses changes.</summary>
    protected Task ForgeAsync(string sql) => Store.Database.WriteAsync(async session =>
    {
        var forge = session.Dialect.HasOneWriter
            ? new[] { "DROP TRIGGER IF EXISTS events_no_update", "DROP TRIGGER IF EXISTS events_no_delete", "DROP TRIGGER IF EXISTS audit_seals_no_update", "DROP TRIGGER IF EXISTS audit_seals_no_delete" }
            : ["ALTER TABLE events DISABLE TRIGGER USER", "ALTER TABLE audit_seals DISABLE TRIGGER USER"];
        foreach (var statement in (IEnumerable<string>)[.. forge, sql])
        {
            await session.ExecuteAsync(statement);
        }
    }, default);
}
