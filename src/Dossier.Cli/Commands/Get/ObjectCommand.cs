using System.CommandLine;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Get;

/// <summary>Reads the object that a command line names.</summary>
internal delegate Task<T> Read<T>(DossierClient client, ParseResult parsed, CancellationToken cancellationToken);

/// <summary>Makes the commands that show one object of the protocol.</summary>
internal static class ObjectCommand
{
    /// <summary>Adds the options of single objects and the action to a command.</summary>
    /// <param name="command">Name, help, and the argument that names the object.</param>
    /// <param name="read">Reads the object.</param>
    /// <param name="show">Shows it to people.</param>
    public static Command Of<T>(HelpfulCommand command, Read<T> read, Action<T> show)
    {
        command.Add(TrackingOptions.TrackingUri);
        command.Add(FormatOption.OfObjects);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = TrackingOptions.Connect(parsed);
            var value = await read(client, parsed, cancellationToken);
            if (parsed.GetValue(FormatOption.OfObjects) == OutputFormat.Json)
            {
                Console.Out.WriteLine(JsonOutput.Pretty(value));
            }
            else
            {
                show(value);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>The section of an object's tags.</summary>
    public static void ShowTags(IReadOnlyList<Tag>? tags) => Details.Section("Tags", tags?.Select(tag => (tag.Key, tag.Value)).ToList());
}
