using System.CommandLine;
using Dossier.Cli.Demo;
using Dossier.Cli.Output;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.Protocol;
using Dossier.Reports;
using Dossier.Reports.Collect;
using Dossier.Reports.Layouts;
using Dossier.Server.Hosting;

namespace Dossier.Cli.Commands;

/// <summary><c>dossier demo</c>.</summary>
internal static class DemoCommand
{
    private static readonly Option<bool> Keep = new("--keep") { Description = "Leave the server running until Ctrl-C, to look around" };

    private static readonly Option<int> Port = NumberOption.Port("The server's port; 0 takes a free one", defaultPort: 0);

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "demo",
            "Starts a server in a temporary folder, replays a recorded training run to it, and prints the model's report. "
                + "The report goes to standard output, all else to standard error",
            "dossier demo > report.md",
            "# Leave the server running, and look around from another terminal",
            "dossier demo --keep --port 5001 > report.md",
            "export MLFLOW_TRACKING_URI=http://127.0.0.1:5001 MLFLOW_TRACKING_TOKEN=TOKEN   # the demo says which",
            "dossier list runs")
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
            var options = new ServerOptions
            {
                Port = parsed.GetValue(Port),
                BackendStore = $"sqlite:///{Path.Combine(folder.FullName, "dossier.db")}",
                ArtifactRoot = Path.Combine(folder.FullName, "artifacts"),
                RequireSignIn = true,
            };
            var record = DemoRecord.Load();
            var identities = await DemoIdentities.CreateAsync(options, record, cancellationToken);
            await using var server = await DossierServer.StartAsync(options, cancellationToken);
            Say("server", $"{ServerUrl.Of(server)} in {folder.FullName}");
            await GrantAsync(server, identities, record, cancellationToken);
            var version = await ReplayAndReportAsync(server, identities, record, folder.CreateSubdirectory("model").FullName, cancellationToken);
            if (parsed.GetValue(Keep))
            {
                Invite(server, identities, record, version);
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

    private static async Task GrantAsync(DossierServer server, DemoIdentities identities, DemoRecord record, CancellationToken cancellationToken)
    {
        using var administrator = SignIn(server, identities.AdministratorToken);
        await DemoGrants.MakeAsync(administrator, record, Say, cancellationToken);
    }

    private static async Task<ModelVersion> ReplayAndReportAsync(
        DossierServer server, DemoIdentities identities, DemoRecord record, string scratch, CancellationToken cancellationToken)
    {
        using var client = SignIn(server, identities.UserToken);
        Say("signed in", record.UserName);
        var version = await new DemoReplay(client, record, Say).RunAsync(scratch, cancellationToken);
        var uri = ModelUri.Parse($"models:/{version.Name}/{version.Version}");
        var options = new CollectOptions { Permissions = true };
        var data = await new RecordCollector(client.Records, TimeProvider.System, options).CollectAsync(uri, cancellationToken);
        Say("report", uri.Text);
        ReportOutput.Write(ReportRenderer.ToMarkdown(data, new LayoutOptions()));
        Console.Out.Flush();
        return version;
    }

    private static DossierClient SignIn(DossierServer server, string token) =>
        new(new DossierClientOptions(server.Url) { Credentials = Credentials.Bearer(token) });

    // The tokens are good for a server that is gone with this command, and open to this machine alone.
    private static void Invite(DossierServer server, DemoIdentities identities, DemoRecord record, ModelVersion version)
    {
        Console.Error.WriteLine(
            $"""

            The server runs until Ctrl-C, which deletes its folder. Look around from another terminal, as {record.UserName}:
              export MLFLOW_TRACKING_URI={ServerUrl.Of(server)}
              export MLFLOW_TRACKING_TOKEN={identities.UserToken}
              dossier list runs
              dossier get version models:/{version.Name}/{version.CurrentStage}
              dossier permissions explain models:/{version.Name}
              dossier list artifacts models:/{version.Name}/{version.Version}
            Or as {DemoIdentities.Administrator}, who may do everything:
              export MLFLOW_TRACKING_TOKEN={identities.AdministratorToken}
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
