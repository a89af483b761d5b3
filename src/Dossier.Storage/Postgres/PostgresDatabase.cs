using System.Data;
using System.Diagnostics;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Migrations;
using Dossier.Storage.Sql;
using Npgsql;

namespace Dossier.Storage.Postgres;

/// <summary>A PostgreSQL database: one transaction for each call; the server shares its commits among them.</summary>
internal sealed class PostgresDatabase : SqlDatabase
{
    private const int MostAttempts = 8;
    private readonly NpgsqlDataSource _source;

    private PostgresDatabase(NpgsqlDataSource source) : base(PostgresDialect.Instance) => _source = source;

    /// <summary>Connects and brings the database to the newest version.</summary>
    public static async Task<(PostgresDatabase Database, MigrationReport Report)> OpenAsync(
        string connectionString, IReadOnlyList<Migration> migrations, MigrationContext context, CancellationToken cancel)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        try
        {
            var report = await PostgresMigrator.MigrateAsync(source, migrations, context, cancel);
            var database = new PostgresDatabase(source);
            await database.WriteAsync(EventEpoch.RenewAsync, cancel);
            return (database, report);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public override async Task<T> ReadAsync<T>(Func<SqlSession, ValueTask<T>> read, CancellationToken cancel)
    {
        Statistics.ReadBegan();
        await using var connection = await _source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        return await read(new PostgresSession(connection, cancel));
    }

    public override async Task<T> WriteAsync<T>(Func<SqlSession, ValueTask<T>> write, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(write, cancel);
            }
            catch (PostgresException lost) when (attempt < MostAttempts && IsLostRace(lost))
            {
                // The next attempt sees what the winner wrote.
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.CharacterNotInRepertoire)
            {
                throw ProtocolException.Invalid("The text contains the character U+0000, which cannot be stored. Remove it.");
            }
        }
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<T> AttemptAsync<T>(Func<SqlSession, ValueTask<T>> write, CancellationToken cancel)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var session = new PostgresSession(connection, CancellationToken.None) { EventCommitted = EventCommitted };
        var began = Stopwatch.GetTimestamp();
        var result = await write(session);
        await transaction.CommitAsync(CancellationToken.None);
        Statistics.Committed(writes: 1, began);
        session.RunAfterCommit();
        return result;
    }

    private static bool IsLostRace(PostgresException error) => error.SqlState
        is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation;
}
