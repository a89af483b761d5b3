using System.CommandLine;
using System.Net.Sockets;
using Dossier.Bench.Http;
using Dossier.Bench.Results;
using Dossier.Bench.Scenarios;
using Dossier.Bench.Server;

namespace Dossier.Bench;

/// <summary>One run of the bench: the servers, the scenarios on each, the figures.</summary>
internal static class BenchRun
{
    public static async Task<int> GoAsync(ParseResult arguments, CancellationToken stop)
    {
        try
        {
            return await MeasureAsync(arguments, stop);
        }
        catch (BenchException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (SocketException failure)
        {
            await Console.Error.WriteLineAsync($"The server is not there, or went away: {failure.Message}.");
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Ended before all was measured.");
            return 130;
        }
    }

    private static async Task<int> MeasureAsync(ParseResult arguments, CancellationToken stop)
    {
        var allowRemote = arguments.GetValue(BenchOptions.AllowRemote);
        var sizes = arguments.GetValue(BenchOptions.Quick) ? Sizes.Quick : Sizes.Full;
        var command = arguments.GetValue(BenchOptions.Server);
        var folder = command is null ? null : Directory.CreateTempSubdirectory("dossier-bench-");
        try
        {
            var against = arguments.GetValue(BenchOptions.Against) is { } other
                ? new ScenarioContext(Target.Resolve(other, arguments.GetValue(BenchOptions.AgainstProcessId), allowRemote), sizes, null, null, stop)
                : null;
            using var server = folder is null ? null : await ServerProcess.StartAsync(command!, folder.FullName, stop);
            var target = server?.Target ?? Target.Resolve(arguments.GetValue(BenchOptions.Url)!, arguments.GetValue(BenchOptions.ProcessId), allowRemote);
            var measured = new ScenarioContext(target, sizes, command, folder?.FullName ?? arguments.GetValue(BenchOptions.DataFolder), stop);
            foreach (var scenario in BenchOptions.Chosen(arguments))
            {
                foreach (var context in against is null ? [measured] : new[] { measured, against })
                {
                    await Console.Error.WriteLineAsync($"{scenario.Name} on {context.Target.Url.Authority} …");
                    await context.RunAsync(scenario);
                }
            }

            await Console.Out.WriteAsync(arguments.GetValue(BenchOptions.Format) == "json"
                ? JsonWriter.Write(measured.Rows, against?.Rows)
                : TableWriter.Write(measured.Rows, against?.Rows));
            return 0;
        }
        finally
        {
            folder?.Delete(recursive: true);
        }
    }
}
