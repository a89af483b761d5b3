using System.CommandLine;
using System.Text;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Cli.Commands.Get;

/// <summary><c>dossier get mlmodel</c>.</summary>
internal static class GetMlmodelCommand
{
    private const string Json = "json";

    private static readonly Argument<ModelUri> Uri = ModelUriArgument.OfModel();

    private static readonly Option<string> Format = CreateFormat();

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "mlmodel",
            "Prints a model's MLmodel file",
            "dossier get mlmodel models:/pcb/1",
            "dossier get mlmodel runs:/815123f2db9b49cdb9790c6a0371a4da/model --format json | jq .flavors")
        {
            Uri, TrackingOptions.TrackingUri, Format,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var uri = parsed.GetRequiredValue(Uri);
        using var client = TrackingOptions.Connect(parsed);
        await using var file = await MlModelReading.OpenAsync(client, uri, cancellationToken);
        if (parsed.GetValue(Format) == Json)
        {
            Console.Out.WriteLine(JsonWriter.Write(await MlModelReading.ParseAsync(file, uri, cancellationToken)));
        }
        else if (Console.IsOutputRedirected)
        {
            await using var output = Console.OpenStandardOutput();
            await file.CopyToAsync(output, cancellationToken);
        }
        else
        {
            using var reader = new StreamReader(file, Encoding.UTF8);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                Console.Out.WriteLine(SafeText.Lines(line));
            }
        }

        return ExitCode.Ok;
    }

    private static Option<string> CreateFormat()
    {
        var format = new Option<string>("--format", "-f")
        {
            Description = "yaml (the file unchanged) or json",
            HelpName = "yaml|json",
            DefaultValueFactory = static _ => "yaml",
        };
        format.AcceptOnlyFromAmong("yaml", Json);
        return format;
    }
}
