using Dossier.Protocol;
using Dossier.Storage.Migrations;
using Dossier.Storage.Sql;
using Dossier.Storage.Sqlite;
using Dossier.Testing;

namespace Dossier.Storage.Tests.Sqlite;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<Migration> OneTable =
        [new(1, "a table for this test", static async (session, _) => await session.ExecuteAsync("CREATE TABLE numbers (id INTEGER PRIMARY KEY)"))];

    private readonly TemporaryFolder _folder = new();
    private SqliteDatabase? _database;

    private SqliteDatabase Database => _database ?? throw new InvalidOperationException("The test was not initialised.");

    public async ValueTask InitializeAsync() => _database = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<SqliteDatabase> OpenAsync() =>
        (await SqliteDatabase.OpenAsync(_folder.Combine("numbers.db"), OneTable, new MigrationContext("", TimeProvider.System))).Database;

    private static async ValueTask<int> InsertAsync(SqlSession session, long number) => await session.ExecuteAsync("INSERT INTO numbers (id) VALUES ($1)", number);

    private static Task<List<long>> NumbersAsync(SqlDatabase database) => database.ReadAsync(
        session => session.ListAsync("SELECT id FROM numbers ORDER BY id", static row => row.Integer(0)), default);

    [Fact]
    public async Task Nobody_is_refused_because_of_a_write_that_is_not_on_disk_yet()
    {
        // The first holds the writer until the others wait, so that they are one group; the last one holds that group's commit.
        using var queued = new ManualResetEventSlim();
        using var commit = new ManualResetEventSlim();
        using var holding = new SemaphoreSlim(0);
        var writes = new List<Task> { Database.WriteAsync(session => Held(queued, InsertAsync(session, 6)), default) };
        writes.Add(Database.WriteAsync(session => InsertAsync(session, 7), default));
        var loses = Database.WriteAsync<bool>(_ => throw new InvalidOperationException("7 is taken"), default);
        writes.Add(Database.WriteAsync(session =>
        {
            holding.Release();
            return Held(commit, InsertAsync(session, 8));
        }, default));
        queued.Set();
        await holding.WaitAsync();
        Assert.True(!loses.IsCompleted || (await NumbersAsync(Database)).Contains(7));

        commit.Set();
        await Assert.ThrowsAsync<InvalidOperationException>(() => loses);
        Assert.Contains(7, await NumbersAsync(Database));
        await Task.WhenAll(writes);

        static ValueTask<int> Held(ManualResetEventSlim gate, ValueTask<int> write)
        {
            gate.Wait();
            return write;
        }
    }

    [Fact]
    public async Task A_write_that_fails_halfway_is_undone_alone_among_those_that_share_its_commit()
    {
        // Holds the writer until all the others wait, so that they are one group.
        using var gate = new ManualResetEventSlim();
        var first = Database.WriteAsync(session =>
        {
            gate.Wait();
            return InsertAsync(session, 0);
        }, default);
        var remembered = 0;
        var others = Enumerable.Range(1, 30).Select(number => Database.WriteAsync(async session =>
        {
            await InsertAsync(session, number);
            session.AfterCommit(() => remembered++);
            return number % 3 == 0 ? throw new InvalidOperationException($"{number}") : number;
        }, default)).ToList();
        gate.Set();
        await first;
        for (var number = 1; number <= 30; number++)
        {
            if (number % 3 == 0)
            {
                Assert.Equal($"{number}", (await Assert.ThrowsAsync<InvalidOperationException>(() => others[number - 1])).Message);
            }
            else
            {
                Assert.Equal(number, await others[number - 1]);
            }
        }

        Assert.Equal(Enumerable.Range(0, 31).Where(number => number is 0 || number % 3 != 0).Select(number => (long)number), await NumbersAsync(Database));
        Assert.Equal(20, remembered);
    }

    [Fact]
    public async Task Closing_finishes_the_writes_that_wait_and_refuses_new_ones()
    {
        var writes = Enumerable.Range(0, 50).Select(number => Database.WriteAsync(session => InsertAsync(session, number), default)).ToList();
        await Database.DisposeAsync();
        await Task.WhenAll(writes);
        var refused = await Assert.ThrowsAsync<ProtocolException>(() => Database.WriteAsync(session => InsertAsync(session, 99), default));
        Assert.Equal(ErrorCode.TemporarilyUnavailable, refused.ErrorCode);
        _database = await OpenAsync();
        Assert.Equal(50, (await NumbersAsync(Database)).Count);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_then_takes_writes_again()
    {
        using var gate = new ManualResetEventSlim();
        var writes = new List<Task> { Database.WriteAsync(session => { gate.Wait(); return InsertAsync(session, 0); }, default) };
        var refused = await Assert.ThrowsAsync<ProtocolException>(async () =>
        {
            for (var number = 1; number < 10_000; number++)
            {
                var waiting = Database.WriteAsync(session => InsertAsync(session, writes.Count + number), default);
                writes.Add(waiting);
                await (waiting.IsFaulted ? waiting : Task.CompletedTask);
            }
        });
        Assert.Equal(ErrorCode.TemporarilyUnavailable, refused.ErrorCode);
        gate.Set();
        await Task.WhenAll(writes.Take(1));
        await Database.WriteAsync(session => InsertAsync(session, 1_000_000), default);
    }

    [Fact]
    public async Task A_write_whose_caller_went_away_before_its_turn_is_not_done()
    {
        using var gate = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        var first = Database.WriteAsync(session => { gate.Wait(); return InsertAsync(session, 1); }, default);
        var abandoned = Database.WriteAsync(session => InsertAsync(session, 2), cancel.Token);
        await cancel.CancelAsync();
        gate.Set();
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        Assert.Equal([1L], await NumbersAsync(Database));
    }

    [Fact]
    public async Task A_read_whose_caller_goes_away_is_interrupted()
    {
        using var cancel = new CancellationTokenSource();
        var endless = Task.Run(() => Database.ReadAsync(
            session => session.FirstAsync(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n", static row => row.Integer(0), 0L), cancel.Token));
        cancel.CancelAfter(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        Assert.Empty(await NumbersAsync(Database));
    }
}
