using System.CommandLine;
using System.Globalization;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Output;
using Dossier.Vision.Judging;

namespace Dossier.Samples.Pcb;

/// <summary>The sample as a command line.</summary>
internal static class SampleCommand
{
    private static readonly Option<bool> Keep = new("--keep") { Description = "Leave the server running until Ctrl-C, to look around" };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "The folder for the report and the pictures",
        DefaultValueFactory = static _ => "pcb-sample",
        HelpName = "FOLDER",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Draws boards, split, weights and order: the same seed gives the same numbers",
        DefaultValueFactory = static _ => new SampleSettings().Seed,
        HelpName = "NUMBER",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = ProgramCommand.Create(
            "Pcb",
            "The life of a model in one command: starts a Dossier server in a temporary folder, generates pictures of circuit boards, trains a small vision transformer on them, "
                + "records, registers and stages it, prints its report to a file, and asks it about a board it never saw",
            "dotnet run --project samples/Pcb",
            "# Leave the server running, to look around",
            "dotnet run --project samples/Pcb -- --keep");
        command.Add(Keep);
        command.Add(Output);
        command.Add(Seed);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var files = new SampleFiles(Directory.CreateDirectory(parsed.GetRequiredValue(Output)).ToString());
        var scratch = Directory.CreateTempSubdirectory("dossier-pcb-");
        try
        {
            await using var server = await SampleServer.StartAsync(scratch.FullName, cancellationToken);
            Console.Error.WriteLine($"Server: {server.Url}, in {scratch.FullName}; signed in as {SampleServer.Trainer}.");
            var settings = new SampleSettings { Seed = parsed.GetValue(Seed) };
            using var sample = new PcbSample(server, settings, scratch.FullName);
            var outcome = await sample.RunAsync(files, cancellationToken);
            Print(outcome.Training.Test);
            Console.Out.Flush();
            SayWhatIsNext(files);
            if (parsed.GetValue(Keep))
            {
                Invite(server, outcome);
                await Waiting.ForAsync(cancellationToken);
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        return ExitCode.Ok;
    }

    private static void Print(Judgement test) => Details.Section(
        $"Metrics on {ProgressText.Pictures(test.Predictions.Pictures.Count)}, positive class '{test.Predictions.Classes[test.Positive]}'",
        [.. test.Metrics.Select(metric => (metric.Key, metric.Value.ToString("0.0000", CultureInfo.InvariantCulture)))]);

    private static void SayWhatIsNext(SampleFiles files) => Console.Error.WriteLine(
        $"""

        Where to look next:
          {files.Report}
              the model's report: who made it, of what, how good it is, who may touch it
          {files.HeatMap}
              what the model looked at
          dotnet run --project samples/Pcb -- --keep
              the same, and the server stays, to look around and to point MLflow at
          docs/vision.md
              the same with your own pictures, or with VisA and a pretrained transformer
        """);

    // The token is good for a server that is gone with this command, and open to this machine alone.
    private static void Invite(SampleServer server, SampleOutcome outcome) => Console.Error.WriteLine(
        $"""

        The server runs until Ctrl-C, which deletes its folder. Look around from another terminal, as {SampleServer.Trainer}:
          export MLFLOW_TRACKING_URI={server.Url}
          export MLFLOW_TRACKING_TOKEN={server.TrainerToken}
          dossier list runs
          dossier report {outcome.Training.ModelUri} --show-inputs
          dossier-vision serve --model-uri {outcome.Training.ModelUri}
        """);
}
