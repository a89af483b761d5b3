using Dossier.Storage.Migrations;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Sqlite;

/// <summary>An embedded database file: one writer with group commit, readers beside it.</summary>
internal sealed class SqliteDatabase : SqlDatabase
{
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    private SqliteDatabase(SqliteSession writer, SqliteConnector connector) : base(SqliteDialect.Instance)
    {
        writer.EventCommitted = EventCommitted;
        (_writer, _readers) = (new SqliteWriter(writer, Statistics), new SqliteReaders(connector));
    }

    /// <summary>Opens the file, making it and its folder if need be, and brings it to the newest version.</summary>
    public static async Task<(SqliteDatabase Database, MigrationReport Report)> OpenAsync(
        string path, IReadOnlyList<Migration> migrations, MigrationContext context)
    {
        var connector = new SqliteConnector(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var session = connector.OpenWriter();
        try
        {
            var report = await SqliteMigrator.MigrateAsync(session, path, migrations, context);
            return (new SqliteDatabase(session, connector), report);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public override Task<T> ReadAsync<T>(Func<SqlSession, ValueTask<T>> read, CancellationToken cancel)
    {
        Statistics.ReadBegan();
        return _readers.ReadAsync(read, cancel);
    }

    public override Task<T> WriteAsync<T>(Func<SqlSession, ValueTask<T>> write, CancellationToken cancel) => _writer.WriteAsync(write, cancel);

    public override async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
    }
}
