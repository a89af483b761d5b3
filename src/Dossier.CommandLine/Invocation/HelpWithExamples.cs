using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Dossier.CommandLine.Invocation;

/// <summary>Prints a command's help, then its columns and examples.</summary>
public sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Help is shown even when the rest of the command line is wrong.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is HelpfulCommand { Columns: { } columns })
        {
            output.WriteLine("Columns:");
            output.WriteLine("  " + columns);
            output.WriteLine();
        }

        if (parseResult.CommandResult.Command is HelpfulCommand { Examples.Count: > 0 } command)
        {
            output.WriteLine("Examples:");
            foreach (var line in command.Examples)
            {
                output.WriteLine("  " + line);
            }

            output.WriteLine();
        }

        return ExitCode.Ok;
    }
}
