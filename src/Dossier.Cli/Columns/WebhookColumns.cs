using System.Globalization;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Columns;

/// <summary>The columns of webhooks and of their deliveries.</summary>
internal static class WebhookColumns
{
    public static IReadOnlyList<Column<RegistryWebhook>> OfWebhooks { get; } =
    [
        new("id", webhook => webhook.Id, ColumnKind.Id),
        new("model_name", webhook => webhook.ModelName),
        new("status", webhook => webhook.Status, ColumnKind.State),
        new("url", webhook => webhook.HttpUrlSpec?.Url),
        new("events", webhook => string.Join(", ", webhook.Events ?? [])),
        new("description", webhook => webhook.Description),
    ];

    public static IReadOnlyList<Column<WebhookDelivery>> OfDeliveries { get; } =
    [
        Column<WebhookDelivery>.Time("creation_timestamp", delivery => delivery.CreationTimestamp),
        new("event", delivery => delivery.Event),
        new("status", delivery => delivery.Status, ColumnKind.State),
        Number("attempts", delivery => delivery.Attempts),
        Number("status_code", delivery => delivery.StatusCode),
        Number("duration_ms", delivery => delivery.DurationMs),
        new("error", delivery => delivery.Error),
    ];

    private static Column<WebhookDelivery> Number(string name, Func<WebhookDelivery, long?> value) =>
        new(name, delivery => value(delivery)?.ToString(CultureInfo.InvariantCulture), ColumnKind.Number);
}
