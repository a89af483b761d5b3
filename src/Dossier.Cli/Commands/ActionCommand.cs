using System.CommandLine;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;

namespace Dossier.Cli.Commands;

/// <summary>Makes the commands that change something and say so in a line.</summary>
internal static class ActionCommand
{
    /// <param name="command">Name, help, arguments and examples.</param>
    /// <param name="act">Does it, and gives the line.</param>
    public static Command Of(HelpfulCommand command, Func<DossierClient, ParseResult, CancellationToken, Task<string>> act)
    {
        command.Add(TrackingOptions.TrackingUri);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = TrackingOptions.Connect(parsed);
            Console.Out.WriteLine(SafeText.OneLine(await act(client, parsed, cancellationToken)));
            return ExitCode.Ok;
        });
        return command;
    }
}
