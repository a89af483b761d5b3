using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Dossier.Testing;

/// <summary>
/// A private PostgreSQL server on a free loopback port: started when a test first asks, one for the whole test process,
/// gone with its folder when that process ends, or just after if it is killed. It trusts every local user and does not sync to disk:
/// for tests only.
/// </summary>
public sealed class PostgresServer
{
    private const string User = "dossier";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private static readonly Lazy<Task<PostgresServer>> Started = new(StartAsync);

    // The server's shell waits for the end of its standard input. Holding the process here keeps the pipe open exactly as
    // long as the test process lives; the kernel closes it even when that is killed.
    private readonly Process _shell;
    private readonly string _folder;
    private readonly int _port;
    private int _databases;

    private PostgresServer(Process shell, string folder, int port)
    {
        (_shell, _folder, _port) = (shell, folder, port);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAndWait();
    }

    /// <summary>The server of this test process, starting it (1–3 s) at the first call.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or does not start; the message says what to do.</exception>
    public static Task<PostgresServer> GetAsync() => Started.Value;

    /// <summary>Makes an empty database with a name of its own. It lives as long as the server.</summary>
    public async Task<PostgresDatabase> CreateDatabaseAsync(CancellationToken cancellationToken = default)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new PostgresDatabase(ConnectionString(name), $"postgresql://{User}@127.0.0.1:{_port}/{name}");
    }

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = User,
        Database = database,
    }.ConnectionString;

    private static async Task<PostgresServer> StartAsync()
    {
        var binaries = PostgresBinaries.Find();
        for (var attempt = 1; ; attempt++)
        {
            var folder = Path.Combine(Path.GetTempPath(), $"dossier-postgres-{Guid.NewGuid():N}");
            var port = FreePort.Find();
            var server = new PostgresServer(PostgresShell.Start(binaries, folder, User, port), folder, port);
            if (await server.IsReadyAsync())
            {
                return server;
            }

            // A port taken between finding and starting is the one failure worth another try.
            var log = await server.StopAsync();
            if (attempt == 3 || !log.Contains("Address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"PostgreSQL from {binaries} did not start:\n{log}");
            }
        }
    }

    /// <summary>PostgreSQL writes "ready" as the eighth line of <c>postmaster.pid</c> once it takes connections.</summary>
    private async Task<bool> IsReadyAsync()
    {
        var status = Path.Combine(_folder, "data", "postmaster.pid");
        var deadline = Stopwatch.StartNew();
        while (!_shell.HasExited && deadline.Elapsed < StartLimit)
        {
            if ((await ReadLinesAsync(status)) is { Length: >= 8 } lines && lines[7].Trim() == "ready")
            {
                return true;
            }

            await Task.Delay(20);
        }

        return false;
    }

    /// <summary>initdb starts servers of its own, so the file comes and goes before it stays.</summary>
    private static async Task<string[]> ReadLinesAsync(string file)
    {
        try
        {
            return await File.ReadAllLinesAsync(file);
        }
        catch (IOException)
        {
            return [];
        }
    }

    // Whoever waits for the test process finds nothing of the server when it has ended.
    private void StopAndWait()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit(StopLimit);
    }

    private async Task<string> StopAsync()
    {
        _shell.StandardInput.Close();
        return await _shell.StandardError.ReadToEndAsync();
    }
}
