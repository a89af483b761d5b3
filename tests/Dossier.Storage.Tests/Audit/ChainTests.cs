using System.Data.Common;
using CsCheck;
using Dossier.Storage.Events;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Audit;

public abstract class ChainTests(StoreFixture fixture) : AuditTests(fixture)
{
    [Fact]
    public async Task A_record_that_nobody_touched_verifies_and_what_is_not_sealed_yet_is_counted()
    {
        await WriteAsync("ada", EventAction.RunUpdate, "r", times: 5000);
        await SealAsync();
        await WriteAsync("ada", EventAction.RunUpdate, "r");
        await SealAsync();
        await WriteAsync("ada", EventAction.RunUpdate, "r", times: 3);
        var verified = await VerifyAsync();
        Assert.Null(verified.Problem);
        Assert.Null(verified.NextPageToken);
        Assert.True(verified.Seals >= 3);
        Assert.True(verified.Events > 5000);
        Assert.Equal((3, 64, 1_000), (verified.Unsealed, verified.Head!.Length, verified.SealedAt));
    }

    [Fact]
    public async Task An_empty_chain_verifies()
    {
        var verified = await VerifyAsync();
        Assert.Equal((0, null, null), (verified.Seals, verified.Head, verified.Problem));
        Assert.True(verified.Unsealed > 0);
    }

    [Theory]
    [InlineData("UPDATE events SET principal = 'eve' WHERE object_id = 'run-5'", "CHANGED", "run-5")]
    [InlineData("UPDATE events SET at = at + 1 WHERE object_id = 'run-5'", "CHANGED", "run-5")]
    [InlineData("UPDATE events SET detail = '{\"a\":1}' WHERE object_id = 'run-5'", "CHANGED", "run-5")]
    [InlineData("UPDATE events SET object_key = 'k' WHERE object_id = 'run-5'", "CHANGED", "run-5")]
    [InlineData("DELETE FROM events WHERE object_id = 'run-5'", "MISSING", "run-6")]
    [InlineData("DELETE FROM events WHERE object_id IN ('run-5', 'run-6', 'run-8')", "MISSING", "run-7")]
    [InlineData("DELETE FROM events WHERE object_id IN ('run-9', 'run-10')", "MISSING", null)]
    [InlineData("UPDATE events SET object_id = CASE object_id WHEN 'run-5' THEN 'run-6' ELSE 'run-5' END WHERE object_id IN ('run-5', 'run-6')", "CHANGED", "run-6")]
    [InlineData("INSERT INTO events (id, at, principal, action, object_type, object_id, detail) VALUES (-5, 7, 'ada', 'run.update', 'run', 'early', '{}')", "INSERTED", "early")]
    [InlineData("UPDATE audit_seals SET at = at + 1", "SEAL_CHANGED", null)]
    [InlineData("UPDATE audit_seals SET number = number + 100", "SEAL_MISSING", null)]
    public async Task The_first_thing_that_was_forged_is_named(string sql, string kind, string? objectId)
    {
        for (var number = 1; number <= 10; number++)
        {
            await WriteAsync("ada", EventAction.RunUpdate, $"run-{number}");
        }

        await SealAsync();
        await ForgeAsync(sql);
        var problem = (await VerifyAsync()).Problem;
        Assert.NotNull(problem);
        Assert.Equal(kind, problem.Kind);
        Assert.Equal(objectId, problem.EventId is { } id ? await ObjectOfAsync(id) : null);
    }

    [Fact]
    public async Task Any_single_change_of_any_sealed_event_is_found()
    {
        await WriteAsync("ada", EventAction.RunUpdate, "r", times: 30);
        await SealAsync();
        var head = (await VerifyAsync()).Head;
        var ids = await Store.Database.ReadAsync(session => session.ListAsync("SELECT id FROM events ORDER BY id", static row => row.Integer(0)), default);
        await ForgeAsync("SELECT 1");
        await Gen.Select(Gen.OneOf(ids.ToArray()), Gen.OneOf("at = at + 1", "at = at - 1"))
            .SampleAsync(async (id, change) =>
            {
                var (there, back) = (change, change.Contains('+') ? "at = at - 1" : "at = at + 1");
                await ForgeAsync($"UPDATE events SET {there} WHERE id = {id}");
                Assert.Equal(("CHANGED", $"{id}"), (await VerifyAsync()).Problem is { } problem ? (problem.Kind, problem.EventId) : default);
                await ForgeAsync($"UPDATE events SET {back} WHERE id = {id}");
                Assert.Equal(head, (await VerifyAsync()).Head);
            }, iter: 20, threads: 1);
    }

    [Fact]
    public async Task A_chain_that_was_written_anew_as_a_whole_is_found_by_a_head_that_was_written_down()
    {
        await WriteAsync("ada", EventAction.RunUpdate, "r", times: 10);
        await SealAsync();
        var written = (await VerifyAsync()).Head;
        await WriteAsync("ada", EventAction.RunUpdate, "r");
        await SealAsync();
        Assert.Equal(1, (await VerifyAsync(written!.ToUpperInvariant())).FoundHead);

        await ForgeAsync("UPDATE events SET principal = 'eve' WHERE principal = 'ada'");
        await ForgeAsync("DELETE FROM audit_seals");
        await SealAsync();
        var forged = await VerifyAsync(written);
        Assert.Null(forged.Problem);
        Assert.Null(forged.FoundHead);
    }

    [Fact]
    public async Task Verifying_goes_on_where_it_stopped()
    {
        for (var seal = 0; seal < 5; seal++)
        {
            await WriteAsync("ada", EventAction.RunUpdate, $"r{seal}");
            await SealAsync();
        }

        var whole = await VerifyAsync();
        var (seals, after, page) = (0L, "0", await VerifyAsync(seals: 2));
        for (; page.NextPageToken is not null; page = await VerifyAsync(after: long.Parse(after, null), seals: 2))
        {
            (seals, after) = (seals + page.Seals, page.NextPageToken);
        }

        Assert.Equal((whole.Seals, whole.Unsealed), (seals + page.Seals, page.Unsealed));
    }

    [Fact]
    public async Task Replicas_that_seal_at_once_make_one_chain()
    {
        await using var other = await DossierStore.OpenAsync(Uri, "mlflow-artifacts:/", TimeProvider.System, default);
        for (var round = 0; round < 10; round++)
        {
            await WriteAsync("ada", EventAction.RunUpdate, $"r{round}", times: 50);
            await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => (number % 2 == 0 ? Audit : other.Audit).SealAsync(round, default))));
        }

        await SealAsync();
        var verified = await VerifyAsync();
        Assert.Equal((null, 0), (verified.Problem, verified.Unsealed));
    }

    [Theory]
    [InlineData("UPDATE events SET at = 0")]
    [InlineData("DELETE FROM events")]
    [InlineData("UPDATE audit_seals SET at = 0")]
    [InlineData("DELETE FROM audit_seals")]
    public async Task The_database_itself_refuses_to_change_events_and_seals(string sql)
    {
        await WriteAsync("ada", EventAction.RunUpdate, "r");
        await SealAsync();
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => Store.Database.WriteAsync(session => session.ExecuteAsync(sql), default));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    private Task<string?> ObjectOfAsync(string id) => Store.Database.ReadAsync(
        session => session.FirstAsync<string?>("SELECT object_id FROM events WHERE id = $1", static row => row.Text(0), null, long.Parse(id, null)), default);
}

public sealed class ChainTestsOnSqlite() : ChainTests(new SqliteFixture());

public sealed class ChainTestsOnPostgres() : ChainTests(new PostgresFixture());
