using Dossier.Core.Webhooks;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Mlflow;

/// <summary>Webhooks of the workspace registry's dialect: <c>/mlflow/registry-webhooks/…</c>. The log of deliveries is Dossier's own.</summary>
internal static class RegistryWebhookEndpoints
{
    public static void Map(Routes routes)
    {
        var webhooks = routes.Domain.Webhooks.OfRegistry;
        routes.Post("registry-webhooks/create", RegistryWebhookService.MayCreate, webhooks.CreateAsync, static webhook => new RegistryWebhookAnswer(webhook));
        routes.Get("registry-webhooks/list", RegistryWebhookService.MayList, webhooks.ListAsync, static page => new RegistryWebhooksPage(page.Items, page.NextPageToken));
        routes.Patch("registry-webhooks/update", RegistryWebhookService.MayUpdate, webhooks.UpdateAsync, static webhook => new RegistryWebhookAnswer(webhook));
        routes.Delete("registry-webhooks/delete", RegistryWebhookService.MayDelete, webhooks.DeleteAsync);
        routes.Post("registry-webhooks/test", RegistryWebhookService.MayTest, webhooks.TestAsync);
        routes.Get(
            "registry-webhooks/deliveries", RegistryWebhookService.MayListDeliveries, webhooks.ListDeliveriesAsync,
            static deliveries => new WebhookDeliveriesAnswer(deliveries));
    }
}
