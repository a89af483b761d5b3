using static Dossier.Server.Tests.RouteWalk.May;

namespace Dossier.Server.Tests.RouteWalk;

/// <summary>Webhooks of both dialects.</summary>
internal static partial class WalkTable
{
    private static IEnumerable<Row> Webhooks =>
    [
        // Model-level webhooks.
        new("POST", "mlflow/registry-webhooks/create", ManageModel, _ => Walk.Webhook(Walk.Model)),
        new("GET", "mlflow/registry-webhooks/list", ManageModel, _ => new { model_name = Walk.Model }),
        new("PATCH", "mlflow/registry-webhooks/update", ManageModel, async w => new { id = await w.NewWebhookAsync(Walk.Model), status = "DISABLED" }),
        new("POST", "mlflow/registry-webhooks/test", ManageModel, async w => new { id = await w.NewWebhookAsync(Walk.Model) }),
        new("GET", "mlflow/registry-webhooks/deliveries", ManageModel, async w => new { id = await w.NewWebhookAsync(Walk.Model) }),
        new("DELETE", "mlflow/registry-webhooks/delete", ManageModel, async w => new { id = await w.NewWebhookAsync(Walk.Model) }),

        // Webhooks about all models.
        new("POST", "mlflow/registry-webhooks/create", Administer, _ => Walk.Webhook("")),
        new("GET", "mlflow/registry-webhooks/list", Administer, _ => new { }),
        new("PATCH", "mlflow/registry-webhooks/update", Administer, async w => new { id = await w.NewWebhookAsync(""), status = "DISABLED" }),
        new("POST", "mlflow/registry-webhooks/test", Administer, async w => new { id = await w.NewWebhookAsync("") }),
        new("GET", "mlflow/registry-webhooks/deliveries", Administer, async w => new { id = await w.NewWebhookAsync("") }),
        new("DELETE", "mlflow/registry-webhooks/delete", Administer, async w => new { id = await w.NewWebhookAsync("") }),
        new("POST", "mlflow/webhooks", Administer, _ => Walk.MlflowWebhook),
        new("GET", "mlflow/webhooks", Administer, _ => new { }),
        new("GET", "mlflow/webhooks/{webhook_id}", Administer, async w => new { webhook_id = await w.NewMlflowWebhookAsync() }),
        new("PATCH", "mlflow/webhooks/{webhook_id}", Administer, async w => new { webhook_id = await w.NewMlflowWebhookAsync(), status = "DISABLED" }),
        new("POST", "mlflow/webhooks/{webhook_id}/test", Administer, async w => new { webhook_id = await w.NewMlflowWebhookAsync() }),
        new("DELETE", "mlflow/webhooks/{webhook_id}", Administer, async w => new { webhook_id = await w.NewMlflowWebhookAsync() }),
    ];
}
