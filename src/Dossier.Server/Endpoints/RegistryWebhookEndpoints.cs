using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Webhooks of the workspace registry's dialect: <c>/mlflow/registry-webhooks/…</c>. The log of deliveries is Dossier's own.</summary>
internal static class RegistryWebhookEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<CreateRegistryWebhook, RegistryWebhookAnswer>("registry-webhooks/create", Need.WebhookManage, CreateAsync);
        routes.Get("registry-webhooks/list", Need.WebhookManage, ListAsync);
        routes.Patch<UpdateRegistryWebhook, RegistryWebhookAnswer>("registry-webhooks/update", Need.WebhookManage, UpdateAsync);
        routes.Delete<RegistryWebhookRef>("registry-webhooks/delete", Need.WebhookManage, q => new(q.Text("id")), DeleteAsync);
        routes.Post<TestRegistryWebhook, RegistryWebhookTest>("registry-webhooks/test", Need.WebhookManage, TestAsync);
        routes.Get("registry-webhooks/deliveries", Need.WebhookManage, ListDeliveriesAsync);
    }

    private static async Task<RegistryWebhookAnswer> CreateAsync(Call call, CreateRegistryWebhook message) =>
        new(await call.Services.Webhooks.OfRegistry.CreateAsync(message, call.Caller, call.Cancel));

    private static async Task<RegistryWebhooksPage> ListAsync(Call call)
    {
        var message = new ListRegistryWebhooks
        {
            ModelName = call.Query.Text("model_name"),
            Events = call.Query.List("events"),
            MaxResults = call.Query.Integer("max_results"),
            PageToken = call.Query.Text("page_token"),
        };
        var page = await call.Services.Webhooks.OfRegistry.ListAsync(message, call.Caller, call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<RegistryWebhookAnswer> UpdateAsync(Call call, UpdateRegistryWebhook message) =>
        new(await call.Services.Webhooks.OfRegistry.UpdateAsync(message, call.Caller, call.Cancel));

    private static Task DeleteAsync(Call call, RegistryWebhookRef message) =>
        call.Services.Webhooks.OfRegistry.DeleteAsync(message, call.Caller, call.Cancel);

    private static Task<RegistryWebhookTest> TestAsync(Call call, TestRegistryWebhook message) =>
        call.Services.Webhooks.OfRegistry.TestAsync(message, call.Caller, call.Cancel);

    private static async Task<WebhookDeliveriesAnswer> ListDeliveriesAsync(Call call) =>
        new(await call.Services.Webhooks.OfRegistry.ListDeliveriesAsync(call.Query.Text("id"), call.Query.Integer("max_results"), call.Caller, call.Cancel));
}
