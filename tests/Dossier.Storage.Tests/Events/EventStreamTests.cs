using System.Diagnostics;
using Dossier.Core.Audit;
using Dossier.Storage.Events;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Events;

public abstract class EventStreamTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    private const int Writers = 8;
    private const int WritesEach = 40;

    [Fact]
    public async Task A_reader_who_keeps_its_place_sees_each_event_once_while_many_write()
    {
        var reading = TailAsync(Writers * WritesEach * 2);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var write = 0; write < WritesEach; write++)
            {
                await WriteAsync($"{writer}/{write}a", $"{writer}/{write}b");
            }
        })));
        var seen = await reading;
        Assert.Equal(
            Enumerable.Range(0, Writers).SelectMany(writer => Enumerable.Range(0, WritesEach).SelectMany(write => new[] { $"{writer}/{write}a", $"{writer}/{write}b" })).Order(),
            seen.Select(one => one.ObjectId).Order());
        Assert.Equal(seen.Select(one => one.Position).Order(), seen.Select(one => one.Position));
        Assert.Equal(seen, (await ReadAsync(EventPosition.Start, int.MaxValue)).Where(IsOfTest));
        Assert.All(seen.Chunk(2), pair => Assert.Equal(pair[0].ObjectId[..^1], pair[1].ObjectId[..^1]));
    }

    [Fact]
    public async Task An_event_comes_out_as_it_was_written()
    {
        await WriteAsync("one");
        var stored = Assert.Single(await TailAsync(1));
        Assert.Equal((7L, "ada", "run.update", "run", "one", "{}"), (stored.At, stored.Principal, stored.Action, stored.ObjectType, stored.ObjectId, stored.Detail));
    }

    [Fact]
    public async Task A_commit_of_an_event_is_heard_of_and_a_refused_one_is_not()
    {
        var next = Store.EventCommitted.Next;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Database.WriteAsync<bool>(async session =>
        {
            await EventWriter.WriteAsync(session, new("ada", 7), EventAction.RunUpdate, "undone", "{}");
            throw new InvalidOperationException("refused");
        }, default));
        Assert.False(next.IsCompleted);
        await WriteAsync("one");
        await next.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(Store.EventCommitted.Next.IsCompleted);
    }

    protected Task WriteAsync(params string[] objects) => Store.Database.WriteAsync(async session =>
    {
        foreach (var id in objects)
        {
            await EventWriter.WriteAsync(session, new Change("ada", 7), EventAction.RunUpdate, id, "{}");
        }
    }, default);

    internal Task<List<StoredEvent>> ReadAsync(EventPosition after, int limit) =>
        Store.Database.ReadAsync(session => EventStream.ReadAsync(session, after, limit), default);

    // A new database has events of its own making.
    private static bool IsOfTest(StoredEvent stored) => stored.Principal == "ada";

    // Transactions of other tests on the same PostgreSQL server may hold the stream up for a moment.
    internal async Task<List<StoredEvent>> TailAsync(int count, EventPosition after = default)
    {
        var seen = new List<StoredEvent>();
        for (var waiting = Stopwatch.StartNew(); seen.Count < count && waiting.Elapsed < TimeSpan.FromSeconds(60); await Task.Yield())
        {
            var more = await ReadAsync(after, 3);
            seen.AddRange(more.Where(IsOfTest));
            after = more.Count > 0 ? more[^1].Position : after;
        }

        return seen;
    }
}

public sealed class EventStreamTestsOnSqlite() : EventStreamTests(new SqliteFixture());

public sealed class EventStreamTestsOnPostgres() : EventStreamTests(new PostgresFixture())
{
    [Fact]
    public async Task An_event_waits_for_transactions_that_began_before_it()
    {
        var (wrote, mayCommit) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = Store.Database.WriteAsync(async session =>
        {
            await EventWriter.WriteAsync(session, new("ada", 7), EventAction.RunUpdate, "slow", "{}");
            wrote.SetResult();
            await mayCommit.Task;
        }, default);
        await wrote.Task;
        await WriteAsync("quick");
        Assert.DoesNotContain(await ReadAsync(EventPosition.Start, 10), one => one.Principal == "ada");
        mayCommit.SetResult();
        await slow;
        Assert.Equal(["slow", "quick"], (await TailAsync(2)).Select(one => one.ObjectId));
    }

    [Fact]
    public async Task A_database_restored_into_a_cluster_with_lower_transaction_ids_goes_on_after_its_last_event()
    {
        await WriteAsync("before");
        await Store.Database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("ALTER TABLE events DISABLE TRIGGER USER");
            await session.ExecuteAsync("UPDATE events SET tx = tx + 1000000000000");
        }, default);
        Assert.Empty(await ReadAsync(EventPosition.Start, 10));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ReopenAsync()));
        var before = Assert.Single(await TailAsync(1));
        await WriteAsync("after");
        await ReopenAsync();
        await WriteAsync("last");
        Assert.Equal(["after", "last"], (await TailAsync(2, before.Position)).Select(one => one.ObjectId));
        Assert.Equal(before.Position.Tx, await Store.Database.ReadAsync(
            session => session.FirstAsync("SELECT xid_offset FROM event_epoch", static row => row.Integer(0), 0L), default));
    }

    [Fact]
    public async Task Opening_a_database_that_others_write_to_changes_nothing_of_its_order()
    {
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var write = 0; !stop.IsCancellationRequested; write++)
            {
                await WriteAsync($"{write}");
            }
        });
        for (var time = 0; time < 10; time++)
        {
            await ReopenAsync();
        }

        await stop.CancelAsync();
        await writing;
        Assert.Equal(0, await Store.Database.ReadAsync(
            session => session.FirstAsync("SELECT xid_offset FROM event_epoch", static row => row.Integer(0), -1L), default));
    }

    private async Task ReopenAsync() => await (await DossierStore.OpenAsync(Uri, "mlflow-artifacts:/", TimeProvider.System, default)).DisposeAsync();
}
