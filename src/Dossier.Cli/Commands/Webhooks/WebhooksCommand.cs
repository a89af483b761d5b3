using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Commands.Get;
using Dossier.Cli.Options;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Webhooks;

/// <summary><c>dossier webhooks</c>.</summary>
internal static class WebhooksCommand
{
    private const string ExampleId = "6fc74c92704341aaa49e74dcc6031057";

    private static readonly Option<string?> PretendedEvent = new("--event", "-e")
    {
        Description = "The event of the test message [default: the first of its events]",
        HelpName = "EVENT",
    };

    /// <summary>The command and what can be done with webhooks.</summary>
    public static Command Create() => new HelpfulCommand(
        "webhooks",
        "Webhooks: notify other systems of changes in the model registry",
        "# Notify CI of each new version of a model, signed with the key in the file",
        "dossier webhooks create --model pcb --event MODEL_VERSION_CREATED --url https://ci.example.com/models --secret-file key.txt",
        "# Send a test message",
        $"dossier webhooks test {ExampleId}",
        $"dossier webhooks deliveries {ExampleId}")
    {
        List(),
        Make(),
        Update(),
        ActionCommand.Of(
            new HelpfulCommand("delete", "Deletes a webhook with the log of its deliveries", $"dossier webhooks delete {ExampleId}") { WebhookOptions.Id },
            async (client, parsed, cancellationToken) =>
            {
                await client.Webhooks.DeleteAsync(parsed.GetRequiredValue(WebhookOptions.Id), cancellationToken);
                return $"Deleted webhook {parsed.GetRequiredValue(WebhookOptions.Id)}.";
            }),
        ObjectCommand.Of(
            new HelpfulCommand("test", "Sends an example at once and shows what the receiver answers", $"dossier webhooks test {ExampleId}") { WebhookOptions.Id, PretendedEvent },
            (client, parsed, cancellationToken) =>
                client.Webhooks.TestAsync(parsed.GetRequiredValue(WebhookOptions.Id), parsed.GetValue(PretendedEvent), cancellationToken),
            test => Console.Out.WriteLine(test.StatusCode == 0 ? $"No answer: {SafeText.OneLine(test.Body ?? "")}" : $"The receiver answered {test.StatusCode}: {SafeText.OneLine(test.Body ?? "")}")),
        Deliveries(),
    };

    private static HelpfulCommand List() => Listed(
        new HelpfulCommand("list", "Lists the webhooks of a registered model or, for administrators, all", "dossier webhooks list --model pcb", "dossier webhooks list") { WebhookOptions.Model },
        WebhookColumns.OfWebhooks,
        "webhooks",
        (client, parsed, cancellationToken) => client.Webhooks.ListAsync(new() { ModelName = parsed.GetValue(WebhookOptions.Model) }, cancellationToken));

    private static HelpfulCommand Deliveries() => Listed(
        new HelpfulCommand(
            "deliveries",
            "Lists a webhook's messages, newest first: status, attempts and errors",
            $"dossier webhooks deliveries {ExampleId}") { WebhookOptions.Id },
        WebhookColumns.OfDeliveries,
        "deliveries",
        (client, parsed, cancellationToken) => DeliveriesAsync(client, parsed.GetRequiredValue(WebhookOptions.Id), cancellationToken));

    private static Command Make() => ObjectCommand.Of(
        new HelpfulCommand(
            "create",
            "Adds a webhook",
            "dossier webhooks create --model pcb --event MODEL_VERSION_TRANSITIONED_TO_PRODUCTION --url https://hooks.example.com/deploy --secret-file key.txt",
            "# Send messages whose text suits a chat",
            "dossier webhooks create --event TRANSITION_REQUEST_CREATED --event COMMENT_CREATED --url https://hooks.slack.com/services/T0/B0/X0")
        {
            WebhookOptions.Model, WebhookOptions.Event, WebhookOptions.Url, WebhookOptions.Description, WebhookOptions.Status, WebhookOptions.InsecureTls,
            WebhookOptions.SecretFile, WebhookOptions.AuthorizationFile,
        },
        async (client, parsed, cancellationToken) => await client.Webhooks.CreateAsync(
            new()
            {
                ModelName = parsed.GetValue(WebhookOptions.Model),
                Events = parsed.GetValue(WebhookOptions.Event),
                Description = parsed.GetValue(WebhookOptions.Description),
                Status = parsed.GetValue(WebhookOptions.Status),
                HttpUrlSpec = await WebhookOptions.SpecAsync(parsed, cancellationToken),
            },
            cancellationToken),
        webhook => Console.Out.WriteLine($"Added webhook {webhook.Id}. 'dossier webhooks test {webhook.Id}' shows whether it arrives."));

    private static Command Update() => ObjectCommand.Of(
        new HelpfulCommand(
            "update",
            "Changes a webhook; omitted options stay as they are",
            $"dossier webhooks update {ExampleId} --status DISABLED",
            $"dossier webhooks update {ExampleId} --secret-file - < key.txt")
        {
            WebhookOptions.Id, WebhookOptions.Event, WebhookOptions.Url, WebhookOptions.Description, WebhookOptions.Status, WebhookOptions.InsecureTls,
            WebhookOptions.SecretFile, WebhookOptions.AuthorizationFile,
        },
        async (client, parsed, cancellationToken) => await client.Webhooks.UpdateAsync(
            new()
            {
                Id = parsed.GetRequiredValue(WebhookOptions.Id),
                Events = parsed.GetValue(WebhookOptions.Event),
                Description = parsed.GetValue(WebhookOptions.Description),
                Status = parsed.GetValue(WebhookOptions.Status),
                HttpUrlSpec = await WebhookOptions.SpecAsync(parsed, cancellationToken),
            },
            cancellationToken),
        webhook => Console.Out.WriteLine($"Changed webhook {webhook.Id}."));

    private static HelpfulCommand Listed<T>(
        HelpfulCommand command, IReadOnlyList<Column<T>> columns, string noun, Func<DossierClient, ParseResult, CancellationToken, IAsyncEnumerable<T>> list)
    {
        command.Add(TrackingOptions.TrackingUri);
        command.Add(ListOptions.Limit);
        command.Add(FormatOption.OfLists);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = TrackingOptions.Connect(parsed);
            var request = new ListingRequest(parsed.GetValue(FormatOption.OfLists), parsed.GetValue(ListOptions.Limit), noun);
            await Listing.WriteAsync(list(client, parsed, cancellationToken), columns, request, cancellationToken);
            return ExitCode.Ok;
        });
        return command;
    }

    private static async IAsyncEnumerable<WebhookDelivery> DeliveriesAsync(
        DossierClient client, string id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int All = 1000;
        foreach (var delivery in await client.Webhooks.ListDeliveriesAsync(id, All, cancellationToken))
        {
            yield return delivery;
        }
    }
}
