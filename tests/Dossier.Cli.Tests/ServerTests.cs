using System.Net;
using System.Net.Sockets;
using Dossier.Testing;

namespace Dossier.Cli.Tests;

public sealed class ServerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_says_where_it_is_and_ends_well_when_it_is_told_to(bool byCtrlC)
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder, "0");

        using var client = new HttpClient();
        var health = await client.GetAsync(server.Url + "/health");
        await (byCtrlC ? CommandProcess.InterruptAsync(server.Process) : CommandProcess.TerminateAsync(server.Process));
        var ended = (await server.EndAsync()).Good();

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Empty(ended.Output);
        Assert.True(File.Exists(folder.Combine("dossier.db")));
    }

    [Theory]
    [InlineData("sign-in        none: everybody who reaches this port is the local administrator")]
    [InlineData("sign-in        required: each caller may do what is granted to them", "--auth")]
    [InlineData("MLFLOW_TRACKING_URI=https://mlflow.example.com ", "--public-url", "https://mlflow.example.com")]
    public async Task A_server_says_who_may_use_it(string said, params string[] options)
    {
        using var folder = new TemporaryFolder();
        await SignInTests.CreateAdminAsync(folder);
        await using var server = await RunningProgram.StartAsync("Ctrl-C stops", [], [.. Arguments(folder, "0"), .. options]);
        await CommandProcess.TerminateAsync(server.Process);
        Assert.Contains(said, (await server.EndAsync()).Good().Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_for_the_network_is_not_started_without_sign_in()
    {
        using var folder = new TemporaryFolder();
        var ended = (await Cli.RunAsync([.. Arguments(folder, "0"), "--host", "0.0.0.0"])).Failed(1);
        Assert.Contains("--auth", ended.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Combine("dossier.db")));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_and_ends_with_1()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString();

        var ended = (await Cli.RunAsync(Arguments(folder, port))).Failed(1);

        Assert.Contains(port, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_cuts_a_command_short_with_130()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var process = Cli.Start([], "list", "runs", "--tracking-uri", $"http://{silent.LocalEndpoint}");
        using var connection = await silent.AcceptTcpClientAsync();

        await CommandProcess.InterruptAsync(process);

        var ended = (await CommandProcess.EndAsync(process)).Failed(130);
        Assert.Empty(ended.Output + ended.Errors);
    }

    private static Task<RunningProgram> StartAsync(TemporaryFolder folder, string port) =>
        RunningProgram.StartAsync("Ctrl-C stops", [], Arguments(folder, port));

    private static string[] Arguments(TemporaryFolder folder, string port) =>
        ["server", "--port", port, "--backend-store", $"sqlite:///{folder.Combine("dossier.db")}", "--artifact-root", folder.Combine("artifacts")];
}
