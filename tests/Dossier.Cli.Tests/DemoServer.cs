using System.Text.Json;
using Dossier.Cli.Tests;
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

    public async ValueTask InitializeAsync() =>
        _program = await RunningProgram.StartAsync("list artifacts", [("TMPDIR", _temporary.Path)], "demo", "--keep");

    public async ValueTask DisposeAsync()
    {
        await _program!.DisposeAsync();
        _temporary.Dispose();
    }

    /// <summary>Runs a command against the server.</summary>
    internal Task<Ended> RunAsync(params string[] arguments) => Cli.RunAsync([("MLFLOW_TRACKING_URI", _program!.Url)], arguments);

    /// <summary>The id of the demo's run.</summary>
    internal async Task<string> RunIdAsync()
    {
        using var version = JsonDocument.Parse((await RunAsync("get", "version", $"models:/{Model}/1", "--format", "json")).Good().Output);
        return version.RootElement.GetProperty("run_id").GetString()!;
    }
}
