namespace Dossier.Core.Webhooks;

/// <summary>The event and payload that a webhook sends.</summary>
/// <param name="Event">The event, by its name in the webhook's dialect.</param>
/// <param name="Payload">The body to send.</param>
public readonly record struct WebhookTelling(string Event, string Payload)
{
    /// <summary>What this webhook sends for an event of the registry: one payload for each of its own events that match.</summary>
    /// <remarks>Whether the change is of the model that the webhook is about, the store knows.</remarks>
    public static IEnumerable<WebhookTelling> Of(StoredWebhook webhook, RegistryEvent change) => webhook.Dialect == WebhookDialect.Workspace
        ? WorkspaceDialect.EventsOf(change).Where(webhook.Events.Contains).Select(name => new WebhookTelling(name, WorkspaceDialect.Payload(name, webhook.Id, change)))
        : MlflowDialect.EventOf(change) is { } name && webhook.Events.Contains(name) ? [new(name, MlflowDialect.Payload(name, change))] : [];

    /// <summary>What a test of this webhook sends: an event that did not happen.</summary>
    public static WebhookTelling Example(StoredWebhook webhook, string name, string principal, long at) => new(name, webhook.Dialect == WebhookDialect.Workspace
        ? WorkspaceDialect.Payload(name, webhook.Id, WorkspaceDialect.Example(name, webhook.ModelName ?? "example_model", principal, at))
        : MlflowDialect.Payload(name, MlflowDialect.Example(name, principal, at)));
}
