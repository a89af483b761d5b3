using Microsoft.Data.Sqlite;

namespace Dossier.Storage.Sqlite;

/// <summary>Opens connections to one database file with the settings that the store relies on.</summary>
internal sealed class SqliteConnector(string path)
{
    public string Path { get; } = path;

    /// <summary>The connection that writes. <c>synchronous = FULL</c>: a commit in the write-ahead log is on disk when it returns.</summary>
    public SqliteSession OpenWriter() => Open(SqliteOpenMode.ReadWriteCreate,
        """
        PRAGMA page_size = 8192;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA cache_size = -65536;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA temp_store = MEMORY;
        """);

    /// <summary>A connection that only reads.</summary>
    public SqliteSession OpenReader() => Open(SqliteOpenMode.ReadWrite,
        """
        PRAGMA query_only = ON;
        PRAGMA cache_size = -16384;
        PRAGMA mmap_size = 1073741824;
        PRAGMA temp_store = MEMORY;
        """);

    private SqliteSession Open(SqliteOpenMode mode, string settings)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = Path, Mode = mode, Pooling = false, DefaultTimeout = 30 };
        var connection = new SqliteConnection(text.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout = 30000;\n" + settings;
            command.ExecuteNonQuery();
            return new SqliteSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
