using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Cli.Commands.Get;

/// <summary><c>dossier get signature</c>.</summary>
internal static class GetSignatureCommand
{
    private static readonly Argument<ModelUri> Uri = ModelUriArgument.OfModel();

    private static readonly IReadOnlyList<Column<SignatureField>> FieldColumns =
    [
        new("name", field => field.Name),
        new("type", field => field.Type),
        new("required", field => field.Required ? "yes" : "no"),
    ];

    private static readonly IReadOnlyList<Column<SignatureField>> ParamColumns =
    [
        new("name", field => field.Name),
        new("type", field => field.Type),
        new("default", field => field.Default),
    ];

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "signature",
            "Shows a model's signature: inputs, outputs, params",
            "dossier get signature models:/pcb/1",
            "dossier get signature runs:/815123f2db9b49cdb9790c6a0371a4da/model --format json")
        {
            Uri, TrackingOptions.TrackingUri, FormatOption.OfObjects,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var uri = parsed.GetRequiredValue(Uri);
        using var client = TrackingOptions.Connect(parsed);
        await using var file = await MlModelReading.OpenAsync(client, uri, cancellationToken);
        var signature = ModelSignature.Of(await MlModelReading.ParseAsync(file, uri, cancellationToken))
            ?? throw ProtocolException.NotFound($"The model '{uri.Text}' was logged without a signature.");
        if (parsed.GetValue(FormatOption.OfObjects) == OutputFormat.Json)
        {
            Console.Out.WriteLine(JsonWriter.Write(signature.Json));
        }
        else
        {
            Details.Title("Signature of", uri.Text);
            Details.Section("Inputs", signature.Inputs, FieldColumns);
            Details.Section("Outputs", signature.Outputs, FieldColumns);
            Details.Section("Params", signature.Params, ParamColumns);
        }

        return ExitCode.Ok;
    }
}
