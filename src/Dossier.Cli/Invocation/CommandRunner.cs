using System.CommandLine;
using System.CommandLine.Invocation;
using Dossier.Cli.Commands;
using Dossier.Cli.Options;
using Dossier.Cli.Output;

namespace Dossier.Cli.Invocation;

/// <summary>Parses a command line, runs what it asks for and turns every end into an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, StopSignals stop)
    {
        StandardOutput.Prepare();
        var parsed = RootCommands.Create().Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            ErrorPrinter.PrintUsage(parsed);
            return ExitCode.Usage;
        }

        // Signals are ours (StopSignals) and so are errors: the library would print whole stacks.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            var exitCode = await parsed.InvokeAsync(invocation, stop.Token).ConfigureAwait(false);
            Console.Out.Flush();
            return exitCode;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return stop.CutShort;
        }
        catch (Exception error)
        {
            Console.Out.Flush();
            ErrorPrinter.Print(error, parsed.GetValue(CommonOptions.Verbose));
            return error is UsageException ? ExitCode.Usage : ExitCode.Failed;
        }
    }
}
