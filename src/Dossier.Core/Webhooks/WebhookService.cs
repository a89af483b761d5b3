using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>Webhooks in the dialect of 3.x clients, which are for administrators. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where webhooks are kept.</param>
/// <param name="gate">Who may.</param>
/// <param name="tester">Tests them.</param>
/// <param name="urls">Where they may send to.</param>
/// <param name="secrets">Seals their secrets.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class WebhookService(
    IWebhookStore store, WebhookGate gate, WebhookTester tester, WebhookUrl urls, SecretBox secrets, TimeProvider clock)
{
    private const int DefaultPage = 100;
    private const int MaxPage = 1000;

    /// <summary>The guard of <see cref="CreateAsync"/>.</summary>
    public static Guard<CreateWebhook> MayCreate { get; } = Guards.Admin<CreateWebhook>();

    /// <summary>Adds a webhook.</summary>
    public async Task<Webhook> CreateAsync(Granted<CreateWebhook> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var id = Guid.NewGuid().ToString();
        return Of(await store.CreateAsync(
            new()
            {
                Id = id,
                Dialect = WebhookDialect.Mlflow,
                Name = Name(message.Name),
                Description = TextRules.Optional(message.Description, "description", Limits.Description),
                Url = urls.Check(message.Url, "url"),
                Events = WebhookRules.Events(message.Events),
                Status = Status(message.Status) ?? WebhookStatus.Active,
                Secret = message.Secret is { } secret ? WebhookSecrets.SealSecret(secrets, id, secret, "secret") : null,
                OwnerId = caller.Id,
            },
            clock.ChangeBy(caller),
            cancellationToken));
    }

    /// <summary>The guard of <see cref="GetAsync"/>.</summary>
    public static Guard<GetWebhook> MayGet { get; } = Guards.Admin<GetWebhook>();

    /// <summary>The webhook.</summary>
    public async Task<Webhook> GetAsync(Granted<GetWebhook> request, CancellationToken cancellationToken) =>
        Of(await ManagedAsync(request.Caller, request.Message.WebhookId, cancellationToken));

    /// <summary>The guard of <see cref="ListAsync"/>.</summary>
    public static Guard<ListWebhooks> MayList { get; } = Guards.Admin<ListWebhooks>();

    /// <summary>One page of webhooks.</summary>
    public async Task<Page<Webhook>> ListAsync(Granted<ListWebhooks> request, CancellationToken cancellationToken)
    {
        var message = request.Message;
        var page = await store.ListAsync(
            new(WebhookDialect.Mlflow, null, [], NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage), PageTokenRules.Check(message.PageToken)),
            cancellationToken);
        return new([.. page.Items.Select(Of)], page.NextPageToken);
    }

    /// <summary>The guard of <see cref="UpdateAsync"/>.</summary>
    public static Guard<UpdateWebhook> MayUpdate { get; } = Guards.Admin<UpdateWebhook>();

    /// <summary>Changes a webhook; what the message leaves out stays.</summary>
    public async Task<Webhook> UpdateAsync(Granted<UpdateWebhook> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var found = await ManagedAsync(caller, message.WebhookId, cancellationToken);
        var name = message.Name is null ? null : Name(message.Name);
        var description = TextRules.Optional(message.Description, "description", Limits.Description);
        var url = message.Url is null ? null : urls.Check(message.Url, "url");
        var events = message.Events is null or { Count: 0 } ? null : WebhookRules.Events(message.Events);
        var status = Status(message.Status);
        return Of(await store.UpdateAsync(
            found.Id,
            webhook => webhook with
            {
                Name = name ?? webhook.Name,
                Description = description ?? webhook.Description,
                Url = url ?? webhook.Url,
                Events = events ?? webhook.Events,
                Status = status ?? webhook.Status,
                Secret = message.Secret is { } secret ? WebhookSecrets.SealSecret(secrets, webhook.Id, secret, "secret") : webhook.Secret,
                OwnerId = caller.Id,
            },
            clock.ChangeBy(caller),
            cancellationToken));
    }

    /// <summary>The guard of <see cref="DeleteAsync"/>.</summary>
    public static Guard<DeleteWebhook> MayDelete { get; } = Guards.Admin<DeleteWebhook>();

    /// <summary>Deletes a webhook.</summary>
    public async Task DeleteAsync(Granted<DeleteWebhook> request, CancellationToken cancellationToken) =>
        await store.DeleteAsync((await ManagedAsync(request.Caller, request.Message.WebhookId, cancellationToken)).Id, clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The guard of <see cref="TestAsync"/>.</summary>
    public static Guard<TestWebhook> MayTest { get; } = Guards.Admin<TestWebhook>();

    /// <summary>Sends an example.</summary>
    public async Task<WebhookTestResult> TestAsync(Granted<TestWebhook> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var webhook = await ManagedAsync(caller, message.WebhookId, cancellationToken);
        var reply = await tester.TestAsync(webhook, message.Event is { } named ? WebhookRules.Event(named, "event") : webhook.Events[0], caller, cancellationToken);
        return new() { Success = reply.Accepted, ResponseStatus = reply.Status, ResponseBody = reply.Body, ErrorMessage = reply.Error };
    }

    private static Webhook Of(StoredWebhook webhook) => new()
    {
        WebhookId = webhook.Id,
        Name = webhook.Name!,
        Description = webhook.Description,
        Url = webhook.Url,
        Events = [.. webhook.Events.Select(MlflowDialect.ToWire)],
        Status = webhook.Status,
        CreationTimestamp = webhook.CreatedAt,
        LastUpdatedTimestamp = webhook.UpdatedAt,
    };

    private static string Name(string? name) => TextRules.Required(name, "name", Limits.RegisteredModelName);

    private static string? Status(string? status) => WebhookRules.Status(status, WebhookStatus.Active, WebhookStatus.Disabled);

    private async Task<StoredWebhook> ManagedAsync(Caller caller, string? id, CancellationToken cancellationToken)
    {
        var webhook = await gate.ManagedAsync(caller, id, cancellationToken);
        return webhook.Dialect == WebhookDialect.Mlflow ? webhook : throw WebhookGate.Missing(id!);
    }
}
