using System.CommandLine;
using System.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;

namespace Dossier.CommandLine.Invocation;

/// <summary>Parses a command line, runs what it asks for and turns every end into an exit code.</summary>
public static class CommandRunner
{
    /// <summary>Runs one command line.</summary>
    /// <param name="root">The command and the tree below it.</param>
    /// <param name="args">What the user typed after its name.</param>
    /// <param name="stop">Ctrl-C and SIGTERM.</param>
    /// <param name="isExpected">Whether an error is an expected one, whose message is enough for the user.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(Command root, string[] args, StopSignals stop, Func<Exception, bool> isExpected)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(stop);
        StandardOutput.Prepare();
        var parsed = root.Parse(args);
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
            new ErrorPrinter(root.Name, isExpected).Print(error, parsed.GetValue(CommonOptions.Verbose));
            return error is UsageException ? ExitCode.Usage : ExitCode.Failed;
        }
    }
}
