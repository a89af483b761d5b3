using System.Data.Common;
using Dossier.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Dossier.Storage.Tests;

/// <summary>The databases that every store test runs on.</summary>
public enum Backend
{
    Sqlite,
    Postgres,
}

/// <summary>An empty database of its own for one test, and a way to look into it past the stores.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly TemporaryFolder? _folder;
    private readonly Func<DbConnection> _connect;

    private TestDatabase(string uri, Func<DbConnection> connect, TemporaryFolder? folder) => (Uri, _connect, _folder) = (uri, connect, folder);

    /// <summary>As <see cref="DossierStore"/> takes it.</summary>
    public string Uri { get; }

    public static async Task<TestDatabase> CreateAsync(Backend backend)
    {
        if (backend == Backend.Postgres)
        {
            var database = await (await PostgresServer.GetAsync()).CreateDatabaseAsync();
            return new TestDatabase(database.Uri, () => new NpgsqlConnection(database.ConnectionString), null);
        }

        var folder = new TemporaryFolder();
        var file = folder.Combine("dossier.db");
        return new TestDatabase($"sqlite:///{file}", () => new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False"), folder);
    }

    /// <summary>The rows of a query, each as its columns' texts joined by <c>|</c>.</summary>
    public async Task<List<string>> RowsAsync(string sql)
    {
        await using var connection = _connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }

    public void Dispose() => _folder?.Dispose();
}
