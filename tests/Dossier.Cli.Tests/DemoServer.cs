using System.Text.Json;
using Dossier.Cli.Tests;
using Dossier.Client;
using Dossier.Testing;

[assembly: AssemblyFixture(typeof(DemoServer))]

namespace Dossier.Cli.Tests;

/// <summary>One server for all tests that only read: that of <c>dossier demo --keep</c>.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    private readonly TemporaryFolder _temporary = new();
    private RunningProgram? _program;

    /// <summary>The demo's registered model.</summary>
    public const string Model = "dbdemos_pcb_classification";

    /// <summary>The demo's experiment.</summary>
    public const string Experiment = "/Users/andre@mycompany.com/experiments/dbdemos/computer-vision-dl/pcb";

    /// <summary>Starts it, and adds an experiment of the same user, so that there are two.</summary>
    public async ValueTask InitializeAsync()
    {
        _program = await RunningProgram.StartAsync("who may do everything:\n  export", [("TMPDIR", _temporary.Path)], "demo", "--keep");
        using var client = new DossierClient(new(new Uri(_program.Url)) { Credentials = Credentials.Bearer(_program.Tokens[0]) });
        await client.Experiments.CreateAsync(new() { Name = "second" });
    }

    public async ValueTask DisposeAsync()
    {
        await _program!.DisposeAsync();
        _temporary.Dispose();
    }

    /// <summary>Runs a command against the server, signed in as the one who made the record.</summary>
    internal Task<Ended> RunAsync(params string[] arguments) =>
        Cli.RunAsync([("MLFLOW_TRACKING_URI", _program!.Url), ("MLFLOW_TRACKING_TOKEN", _program.Tokens[0])], arguments);

    /// <summary>Runs a command against the server, signed in as its administrator.</summary>
    internal Task<Ended> RunAsAdminAsync(params string[] arguments) =>
        Cli.RunAsync([("MLFLOW_TRACKING_URI", _program!.Url), ("MLFLOW_TRACKING_TOKEN", _program.Tokens[^1])], arguments);

    /// <summary>The id of the demo's run.</summary>
    internal async Task<string> RunIdAsync()
    {
        using var version = JsonDocument.Parse((await RunAsync("get", "version", $"models:/{Model}/1", "--format", "json")).Good().Output);
        return version.RootElement.GetProperty("run_id").GetString()!;
    }
}
