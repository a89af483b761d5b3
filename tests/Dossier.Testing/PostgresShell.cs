using System.Diagnostics;
using System.Globalization;

namespace Dossier.Testing;

/// <summary>The shell that runs a test server and outlives the test process just long enough to clean up after it.</summary>
internal static class PostgresShell
{
    // Arguments: binaries, folder, user, port. Reading standard input ends when the test process closes it or dies; that ends
    // PostgreSQL. When PostgreSQL ends by itself, so does the shell, which tells the starter.
    private const string Script =
        """
        trap '' INT TERM HUP
        exec 3<&0
        mkdir -m 700 "$2" && cd "$2" || exit 1
        if "$1/initdb" -D data -U "$3" --auth=trust --encoding=UTF8 --locale=C --no-sync >log 2>&1; then
          "$1/postgres" -D data -p "$4" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 >>log 2>&1 3<&- &
          server=$!
          { cat <&3; kill -QUIT $server; } >/dev/null 2>&1 &
          wait $server
        fi
        cat log >&2
        cd / && rm -rf "$2"
        """;

    /// <summary>Starts PostgreSQL in a new folder. The caller keeps the returned process: its open standard input keeps the server alive.</summary>
    public static Process Start(string binaries, string folder, string user, int port)
    {
        string[] shell = ["/bin/sh", "-c", Script, "postgres-for-tests", binaries, folder, user, port.ToString(CultureInfo.InvariantCulture)];
        // PostgreSQL refuses to run as root; its Debian package brings the user to run it as.
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. shell] : shell;
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
    }
}
