using System.Web;
using Npgsql;

namespace Dossier.Storage;

/// <summary>Where a database is, read from the option <c>--backend-store</c>.</summary>
/// <param name="SqlitePath">Absolute path of the SQLite file, or null.</param>
/// <param name="PostgresConnectionString">Npgsql's connection string, with the password: not to be shown. Or null.</param>
internal sealed record StoreUri(string? SqlitePath, string? PostgresConnectionString)
{
    private const string Right =
        "Right are sqlite:///relative/path.db, sqlite:////absolute/path.db and postgresql://user:password@host:port/database?sslmode=require.";

    private const string SqliteScheme = "sqlite://";

    /// <exception cref="StoreOpenException">The URI has none of these forms; the message does not repeat it, because it may contain a password.</exception>
    public static StoreUri Parse(string uri)
    {
        if (uri.StartsWith(SqliteScheme, StringComparison.OrdinalIgnoreCase))
        {
            return new StoreUri(Sqlite(uri[SqliteScheme.Length..]), null);
        }

        return uri.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) || uri.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
            ? new StoreUri(null, Postgres(uri))
            : throw new StoreOpenException($"The backend store's URI starts with neither sqlite:/// nor postgresql://. {Right}");
    }

    private static string Sqlite(string rest)
    {
        if (rest.Length < 2 || rest[0] != '/' || rest is "/:memory:" || rest.EndsWith('/') || rest.AsSpan().ContainsAny('?', '\0'))
        {
            throw new StoreOpenException($"The backend store URI does not name a SQLite file. {Right}");
        }

        return Path.GetFullPath(rest[1..]);
    }

    private static string Postgres(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.AbsolutePath.Length < 2 || uri.AbsolutePath.LastIndexOf('/') != 0)
        {
            throw new StoreOpenException($"The backend store URI does not name a PostgreSQL host and database. {Right}");
        }

        var user = uri.UserInfo.Split(':', 2);
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length == 2 ? Uri.UnescapeDataString(user[1]) : null,
            ApplicationName = "dossier",
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
        };
        var query = HttpUtility.ParseQueryString(uri.Query);
        foreach (var key in query.AllKeys)
        {
            connection.SslMode = key == "sslmode"
                ? SslModeOf(query[key])
                : throw new StoreOpenException($"The backend store URI has the unknown option '{key}'; the only option is sslmode. {Right}");
        }

        return connection.ConnectionString;
    }

    private static SslMode SslModeOf(string? text) => text switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new StoreOpenException("The backend store option sslmode must be one of disable, allow, prefer, require, verify-ca, verify-full."),
    };
}
