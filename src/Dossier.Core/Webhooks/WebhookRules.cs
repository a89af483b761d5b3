using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>Rules for what requests say of webhooks.</summary>
internal static class WebhookRules
{
    /// <summary>The events, each once; at least one.</summary>
    public static IReadOnlyList<string> Events(IReadOnlyList<string>? events, bool ofOneModel)
    {
        if (events is null or { Count: 0 })
        {
            throw ProtocolException.Missing("events");
        }

        var known = Known(events);
        return ofOneModel && known.Contains(RegistryWebhookEvent.RegisteredModelCreated)
            ? throw ProtocolException.Invalid($"'{RegistryWebhookEvent.RegisteredModelCreated}' requires a webhook for all models: omit 'model_name' or the event.")
            : known;
    }

    /// <summary>The events, each once.</summary>
    public static IReadOnlyList<string> Known(IReadOnlyList<string>? events) =>
    [
        .. ListRules.Each(ListRules.Bounded(events, "events", Limits.WebhookEvents), "events", Event).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>An event of the workspace registry's dialect.</summary>
    public static string Event(string name, string field) => RegistryWebhookEvent.All.Contains(name)
        ? name
        : throw ProtocolException.InvalidValue(TextRules.Excerpt(name), field, $"it must be one of {string.Join(", ", RegistryWebhookEvent.All)}.");

    /// <summary>The events of 3.x clients, each once; at least one.</summary>
    public static IReadOnlyList<string> Events(IReadOnlyList<WebhookEvent>? events) => events is null or { Count: 0 }
        ? throw ProtocolException.Missing("events")
        : [.. ListRules.Each(ListRules.Bounded(events, "events", Limits.WebhookEvents), "events", Event).Distinct(StringComparer.Ordinal)];

    /// <summary>An event of 3.x clients, by its dotted name; the wire has it in capitals, documents in small letters.</summary>
    public static string Event(WebhookEvent named, string field)
    {
        var (entity, action) = (TextRules.Required(named.Entity, $"{field}.entity", Limits.Key), TextRules.Required(named.Action, $"{field}.action", Limits.Key));
        var name = $"{entity}.{action}".ToLowerInvariant();
        return MlflowDialect.All.Contains(name)
            ? name
            : throw ProtocolException.InvalidValue(TextRules.Excerpt(name), field, $"entity and action must be one of {string.Join(", ", MlflowDialect.All)}.");
    }

    /// <summary>A status; null if the request has none.</summary>
    public static string? Status(string? status, params ReadOnlySpan<string> allowed)
    {
        if (string.IsNullOrEmpty(status))
        {
            return null;
        }

        return allowed.Contains(status)
            ? status
            : throw ProtocolException.InvalidValue(TextRules.Excerpt(status), "status", $"it must be one of {string.Join(", ", allowed)}.");
    }
}
