using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Calls about webhooks of the model registry, in the workspace registry's dialect. Every call throws <see cref="ProtocolException"/> when the server
/// refuses or can't be reached.
/// </summary>
public sealed class WebhooksClient
{
    private readonly Api _api;

    internal WebhooksClient(Api api) => _api = api;

    /// <summary>Adds a webhook: about one registered model, which takes CAN_MANAGE on it, or about all, which takes an administrator.</summary>
    public async Task<RegistryWebhook> CreateAsync(CreateRegistryWebhook webhook, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<CreateRegistryWebhook, RegistryWebhookAnswer>(
            HttpMethod.Post, "registry-webhooks/create", webhook, Repeat.OnlyIfNothingHappened, cancellationToken)).Webhook;

    /// <summary>One page of webhooks.</summary>
    public Task<RegistryWebhooksPage> ListPageAsync(ListRegistryWebhooks list, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(list);
        var query = new Query().Add("model_name", list.ModelName).Add("events", list.Events).Add("max_results", list.MaxResults).Add("page_token", list.PageToken);
        return _api.GetAsync<RegistryWebhooksPage>("registry-webhooks/list", query, cancellationToken);
    }

    /// <summary>All webhooks that match; <see cref="ListRegistryWebhooks.MaxResults"/> is the size of a page.</summary>
    public IAsyncEnumerable<RegistryWebhook> ListAsync(ListRegistryWebhooks list, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(list);
        return Paging.AllAsync(
            async (token, stop) =>
            {
                var page = await ListPageAsync(list with { PageToken = token }, stop);
                return (page.Webhooks, page.NextPageToken);
            },
            list.PageToken,
            cancellationToken);
    }

    /// <summary>Changes a webhook; what is null stays.</summary>
    public async Task<RegistryWebhook> UpdateAsync(UpdateRegistryWebhook webhook, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<UpdateRegistryWebhook, RegistryWebhookAnswer>(
            HttpMethod.Patch, "registry-webhooks/update", webhook, Repeat.Safe, cancellationToken)).Webhook;

    /// <summary>Deletes a webhook with the log of its deliveries.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Delete, "registry-webhooks/delete", new RegistryWebhookRef(id), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Sends an example to the receiver at once.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="name">What to pretend, one of <see cref="RegistryWebhookEvent"/>; null: the first of the webhook's events.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<RegistryWebhookTest> TestAsync(string id, string? name = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync<TestRegistryWebhook, RegistryWebhookTest>(
            HttpMethod.Post, "registry-webhooks/test", new(id, name), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>What became of a webhook's latest messages, the newest first (Dossier servers).</summary>
    /// <param name="id">The webhook, of either dialect.</param>
    /// <param name="maxResults">At most this many, 1 to 1,000; null: 100.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(string id, long? maxResults = null, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<WebhookDeliveriesAnswer>(
            "registry-webhooks/deliveries", new Query().Add("id", id).Add("max_results", maxResults), cancellationToken)).Deliveries ?? [];
}
