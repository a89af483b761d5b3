using System.CommandLine;
using Dossier.Cli.Demo;
using Dossier.Cli.Invocation;
using Dossier.Cli.Options;
using Dossier.Cli.Output;
using Dossier.Client;
using Dossier.Protocol;
using Dossier.Reports;
using Dossier.Reports.Collect;
using Dossier.Server.Hosting;

namespace Dossier.Cli.Commands;

/// <summary><c>dossier demo</c>.</summary>
internal static class DemoCommand
{
    private static readonly Option<bool> Keep = new("--keep") { Description = "Leave the server running until Ctrl-C, to look around" };

    private static readonly Option<int> Port = NumberOption.Port("The server's port; 0 takes a free one", defaultPort: 0);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "demo",
            "Starts a server in a temporary folder, replays a recorded training run through the client, and prints the model's report. "
                + "The report goes to standard output, all else to standard error",
            "dossier demo > report.md",
            "# Leave the server running, and look around from another terminal",
            "dossier demo --keep --port 5001 > report.md",
            "dossier list runs --tracking-uri http://127.0.0.1:5001")
        {
            Keep, Port,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("dossier-demo-");
        try
        {
            await using var server = await DossierServer.StartAsync(
                new ServerOptions
                {
                    Port = parsed.GetValue(Port),
                    BackendStore = $"sqlite:///{Path.Combine(folder.FullName, "dossier.db")}",
                    ArtifactRoot = Path.Combine(folder.FullName, "artifacts"),
                },
                cancellationToken);
            Say("server", $"{ServerUrl.Of(server)} in {folder.FullName}");
            var version = await ReplayAndReportAsync(server, folder.CreateSubdirectory("model").FullName, cancellationToken);
            if (parsed.GetValue(Keep))
            {
                Invite(server, version);
                await Waiting.ForAsync(cancellationToken);
            }
            else
            {
                SayWhatIsNext();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return ExitCode.Ok;
    }

    private static async Task<ModelVersion> ReplayAndReportAsync(DossierServer server, string scratch, CancellationToken cancellationToken)
    {
        using var client = new DossierClient(new DossierClientOptions(server.Url));
        var version = await new DemoReplay(client, DemoRecord.Load(), Say).RunAsync(scratch, cancellationToken);
        var uri = ModelUri.Parse($"models:/{version.Name}/{version.Version}");
        var data = await new RecordCollector(client.Records, TimeProvider.System, new CollectOptions()).CollectAsync(uri, cancellationToken);
        Say("report", uri.Text);
        ReportOutput.Write(ReportRenderer.ToMarkdown(data, new ReportOptions()));
        Console.Out.Flush();
        return version;
    }

    private static void Invite(DossierServer server, ModelVersion version)
    {
        Console.Error.WriteLine(
            $"""

            The server runs until Ctrl-C, which deletes its folder. Look around from another terminal:
              export MLFLOW_TRACKING_URI={ServerUrl.Of(server)}
              dossier list runs
              dossier get version models:/{version.Name}/{version.CurrentStage}
              dossier list artifacts models:/{version.Name}/{version.Version}
            """);
    }

    private static void SayWhatIsNext() => Console.Error.WriteLine(
        """

        That was the report: all that was logged, as one document. The server and its folder are gone.
        Where to look next:
          dossier demo --keep    the same, and the server stays, to look around and to point MLflow at
          dossier server         a server that keeps what it is told
          dossier --help         all commands
        """);

    private static void Say(string what, string how) => Console.Error.WriteLine($"  {what,-12} {how}");
}
