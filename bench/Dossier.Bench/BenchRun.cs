using System.CommandLine;
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
        catch (Exception failure) when (Failure.MessageOf(failure) is not null)
        {
            await Console.Error.WriteLineAsync(Failure.MessageOf(failure));
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Ended before anything was measured.");
            return 130;
        }
    }

    private static async Task<int> MeasureAsync(ParseResult arguments, CancellationToken stop)
    {
        var allowRemote = arguments.GetValue(BenchOptions.AllowRemote);
        var sizes = arguments.GetValue(BenchOptions.Quick) ? Sizes.Quick : Sizes.Full;
        var command = arguments.GetValue(BenchOptions.Server);
        var file = arguments.GetRequiredValue(BenchOptions.Expectations);
        var expected = arguments.GetValue(BenchOptions.Check) ? Expectations.Read(file) : [];
        var folder = command is null ? null : Directory.CreateTempSubdirectory("dossier-bench-");
        try
        {
            var against = arguments.GetValue(BenchOptions.Against) is { } other
                ? new ScenarioContext(Target.Resolve(other, arguments.GetValue(BenchOptions.AgainstProcessId), allowRemote), sizes, null, null, stop)
                : null;
            using var server = folder is null ? null : await ServerProcess.StartAsync(command!, folder.FullName, stop);
            var target = server?.Target ?? Target.Resolve(arguments.GetValue(BenchOptions.Url)!, arguments.GetValue(BenchOptions.ProcessId), allowRemote);
            var measured = new ScenarioContext(target, sizes, command, folder?.FullName ?? arguments.GetValue(BenchOptions.DataFolder), stop);
            var exit = await RunAsync(BenchOptions.Chosen(arguments), against is null ? [measured] : [measured, against]);
            await Console.Out.WriteAsync(arguments.GetValue(BenchOptions.Format) == "json"
                ? JsonWriter.Write(measured.Rows, against?.Rows, measured.Failure, against?.Failure)
                : TableWriter.Write(measured.Rows, against?.Rows, measured.BrokeOffAt(against), against?.BrokeOffAt(measured)));
            if (exit != 0)
            {
                return exit;
            }

            if (arguments.GetValue(BenchOptions.Renew))
            {
                Expectations.Renew(file, measured.Rows, BenchOptions.Chosen(arguments));
                await Console.Error.WriteLineAsync($"The expectations in {file} are renewed.");
            }

            var broken = Expectations.Check(expected, measured.Rows, BenchOptions.Chosen(arguments));
            foreach (var line in broken)
            {
                await Console.Error.WriteLineAsync($"Not as expected: {line}");
            }

            return broken.Count > 0 ? 1 : 0;
        }
        finally
        {
            folder?.Delete(recursive: true);
        }
    }

    /// <summary>Runs the scenarios in turns on the servers. One that breaks off is left out from then on; what was measured stays.</summary>
    /// <returns>The exit code: 0 if all was measured.</returns>
    private static async Task<int> RunAsync(IReadOnlyList<Scenario> scenarios, IReadOnlyList<ScenarioContext> servers)
    {
        try
        {
            foreach (var scenario in scenarios)
            {
                foreach (var context in servers.Where(server => server.Failure is null))
                {
                    await Console.Error.WriteLineAsync($"{scenario.Name} on {context.Target.Url.Authority} …");
                    await context.RunAsync(scenario);
                }
            }
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Ended before all was measured.");
            return 130;
        }

        foreach (var context in servers.Where(server => server.Failure is not null))
        {
            var failure = context.Failure!;
            var place = context.BrokeOffAt(servers.FirstOrDefault(other => other != context)) is { } row ? $" at '{row}'" : failure.After is not null ? $" after '{failure.After}'" : "";
            await Console.Error.WriteLineAsync($"{failure.Scenario} broke off on {context.Target.Url.Authority}{place}: {failure.Message}");
        }

        return servers.Any(server => server.Failure is not null) ? 1 : 0;
    }
}
