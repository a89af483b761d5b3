using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Webhooks of 3.x clients: <c>/mlflow/webhooks</c>.</summary>
internal static class WebhookEndpoints
{
    private const string WebhookId = "webhook_id";

    public static void Map(Routes routes)
    {
        routes.Post<CreateWebhook, WebhookAnswer>("webhooks", Need.Admin, CreateAsync);
        routes.Get("webhooks", Need.Admin, ListAsync);
        routes.Get("webhooks/{webhook_id}", Need.Admin, GetAsync);
        routes.Patch<UpdateWebhook, WebhookAnswer>("webhooks/{webhook_id}", Need.Admin, UpdateAsync);
        routes.Delete("webhooks/{webhook_id}", Need.Admin, DeleteAsync);
        routes.Post<TestWebhook, WebhookTestAnswer>("webhooks/{webhook_id}/test", Need.Admin, TestAsync);
    }

    private static async Task<WebhookAnswer> CreateAsync(Call call, CreateWebhook message) =>
        new(await call.Services.Webhooks.OfMlflow.CreateAsync(message, call.Caller, call.Cancel));

    private static async Task<WebhooksPage> ListAsync(Call call)
    {
        var page = await call.Services.Webhooks.OfMlflow.ListAsync(call.Query.Integer("max_results"), call.Query.Text("page_token"), call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<WebhookAnswer> GetAsync(Call call) =>
        new(await call.Services.Webhooks.OfMlflow.GetAsync(call.Route(WebhookId), call.Caller, call.Cancel));

    private static async Task<WebhookAnswer> UpdateAsync(Call call, UpdateWebhook message) =>
        new(await call.Services.Webhooks.OfMlflow.UpdateAsync(call.Route(WebhookId), message, call.Caller, call.Cancel));

    private static Task DeleteAsync(Call call) => call.Services.Webhooks.OfMlflow.DeleteAsync(call.Route(WebhookId), call.Caller, call.Cancel);

    private static async Task<WebhookTestAnswer> TestAsync(Call call, TestWebhook message) =>
        new(await call.Services.Webhooks.OfMlflow.TestAsync(call.Route(WebhookId), message, call.Caller, call.Cancel));
}
