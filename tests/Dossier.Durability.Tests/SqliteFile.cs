using Dossier.Testing;
using Microsoft.Data.Sqlite;

namespace Dossier.Durability.Tests;

/// <summary>Looks at a killed server's database file before anything repairs it.</summary>
internal static class SqliteFile
{
    /// <summary>Fails where SQLite finds a fault in a copy of the database and its write-ahead log.</summary>
    public static async Task CheckCopyAsync(string database)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])[database, database + "-wal"])
        {
            if (File.Exists(file))
            {
                File.Copy(file, folder.Combine(Path.GetFileName(file)));
            }
        }

        var source = new SqliteConnectionStringBuilder { DataSource = folder.Combine(Path.GetFileName(database)), Pooling = false };
        await using var connection = new SqliteConnection(source.ConnectionString);
        await connection.OpenAsync();
        Assert.Equal(["ok"], await RowsAsync(connection, "PRAGMA integrity_check"));
        Assert.Empty(await RowsAsync(connection, "PRAGMA foreign_key_check"));
    }

    private static async Task<List<string>> RowsAsync(SqliteConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetValue(0).ToString()!);
        }

        return rows;
    }
}
