using Dossier.Core.Webhooks;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Mlflow;

/// <summary>Webhooks of 3.x clients: <c>/mlflow/webhooks</c>.</summary>
internal static class WebhookEndpoints
{
    public static void Map(Routes routes)
    {
        const string One = "webhooks/{webhook_id}";
        var webhooks = routes.Domain.Webhooks.OfMlflow;
        routes.Post("webhooks", WebhookService.MayCreate, webhooks.CreateAsync, static webhook => new WebhookAnswer(webhook));
        routes.Get("webhooks", WebhookService.MayList, webhooks.ListAsync, static page => new WebhooksPage(page.Items, page.NextPageToken));
        routes.Get(One, WebhookService.MayGet, webhooks.GetAsync, static webhook => new WebhookAnswer(webhook));
        routes.Patch(
            One, WebhookService.MayUpdate, webhooks.UpdateAsync, static webhook => new WebhookAnswer(webhook),
            bind: static (m, call) => m with { WebhookId = call.Route("webhook_id") });
        routes.Delete(One, WebhookService.MayDelete, webhooks.DeleteAsync);
        routes.Post(
            $"{One}/test", WebhookService.MayTest, webhooks.TestAsync, static result => new WebhookTestAnswer(result),
            bind: static (m, call) => m with { WebhookId = call.Route("webhook_id") });
    }
}
