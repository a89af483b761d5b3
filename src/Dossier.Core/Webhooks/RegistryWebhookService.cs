using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>Webhooks in the workspace registry's dialect. Every method throws <see cref="ProtocolException"/> for a bad request, and for a caller who may not.</summary>
/// <param name="store">Where webhooks are kept.</param>
/// <param name="gate">Who may.</param>
/// <param name="tester">Tests them.</param>
/// <param name="urls">Where they may send to.</param>
/// <param name="secrets">Seals their secrets.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class RegistryWebhookService(
    IWebhookStore store, WebhookGate gate, WebhookTester tester, WebhookUrl urls, SecretBox secrets, TimeProvider clock)
{
    private const string Spec = "http_url_spec";
    private const int DefaultPage = 100;
    private const int MaxPage = 1000;

    /// <summary>The guard of <see cref="CreateAsync"/>.</summary>
    public static Guard<CreateRegistryWebhook> MayCreate { get; } = new(Need.WebhookManage);

    /// <summary>Adds a webhook.</summary>
    public async Task<RegistryWebhook> CreateAsync(Granted<CreateRegistryWebhook> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var model = string.IsNullOrEmpty(message.ModelName) ? null : RegistryRules.Name(message.ModelName, "model_name");
        await gate.RequireAsync(caller, model, cancellationToken);
        RefuseJob(message.JobSpec is not null);
        var spec = message.HttpUrlSpec ?? throw ProtocolException.Missing(Spec);
        var webhook = new StoredWebhook
        {
            Id = Guid.NewGuid().ToString("N"),
            Dialect = WebhookDialect.Workspace,
            ModelName = model,
            Description = TextRules.Optional(message.Description, "description", Limits.Description),
            Status = Status(message.Status) ?? WebhookStatus.Active,
            Events = WebhookRules.Events(message.Events, model is not null),
            Url = urls.Check(spec.Url, $"{Spec}.url"),
            OwnerId = caller.Id,
        };
        return Of(await store.CreateAsync(WithSpec(webhook, spec), clock.ChangeBy(caller), cancellationToken));
    }

    /// <summary>The guard of <see cref="ListAsync"/>.</summary>
    public static Guard<ListRegistryWebhooks> MayList { get; } = new(Need.WebhookManage);

    /// <summary>One page of webhooks: of a model that the caller manages or, for administrators, of all.</summary>
    public async Task<Page<RegistryWebhook>> ListAsync(Granted<ListRegistryWebhooks> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var model = string.IsNullOrEmpty(message.ModelName) ? null : RegistryRules.Name(message.ModelName, "model_name");
        await gate.RequireAsync(caller, model, cancellationToken);
        var page = await store.ListAsync(
            new(
                WebhookDialect.Workspace, model, WebhookRules.Known(message.Events),
                NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage), PageTokenRules.Check(message.PageToken)),
            cancellationToken);
        return new([.. page.Items.Select(Of)], page.NextPageToken);
    }

    /// <summary>The guard of <see cref="UpdateAsync"/>.</summary>
    public static Guard<UpdateRegistryWebhook> MayUpdate { get; } = new(Need.WebhookManage);

    /// <summary>Changes a webhook; what the message leaves out stays.</summary>
    public async Task<RegistryWebhook> UpdateAsync(Granted<UpdateRegistryWebhook> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var found = await ManagedAsync(caller, message.Id, cancellationToken);
        RefuseJob(message.JobSpec is not null);
        var events = message.Events is null or { Count: 0 } ? null : WebhookRules.Events(message.Events, found.ModelName is not null);
        var description = TextRules.Optional(message.Description, "description", Limits.Description);
        var status = Status(message.Status);
        var url = message.HttpUrlSpec?.Url is { } given ? urls.Check(given, $"{Spec}.url") : null;
        return Of(await store.UpdateAsync(
            found.Id,
            webhook =>
            {
                RefuseTakingAuthorizationAlong(webhook, url, message.HttpUrlSpec);
                return WithSpec(
                    webhook with
                    {
                        Events = events ?? webhook.Events,
                        Description = description ?? webhook.Description,
                        Status = status ?? webhook.Status,
                        Url = url ?? webhook.Url,
                        OwnerId = caller.Id,
                    },
                    message.HttpUrlSpec);
            },
            clock.ChangeBy(caller),
            cancellationToken));
    }

    /// <summary>The guard of <see cref="DeleteAsync"/>.</summary>
    public static Guard<RegistryWebhookRef> MayDelete { get; } = new(Need.WebhookManage);

    /// <summary>Deletes a webhook.</summary>
    public async Task DeleteAsync(Granted<RegistryWebhookRef> request, CancellationToken cancellationToken) =>
        await store.DeleteAsync((await ManagedAsync(request.Caller, request.Message.Id, cancellationToken)).Id, clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The guard of <see cref="TestAsync"/>.</summary>
    public static Guard<TestRegistryWebhook> MayTest { get; } = new(Need.WebhookManage);

    /// <summary>Sends an example.</summary>
    public async Task<RegistryWebhookTest> TestAsync(Granted<TestRegistryWebhook> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var webhook = await ManagedAsync(caller, message.Id, cancellationToken);
        var name = string.IsNullOrEmpty(message.Event) ? webhook.Events[0] : WebhookRules.Event(message.Event, "event");
        var reply = await tester.TestAsync(webhook, name, caller, cancellationToken);
        return new(reply.Status ?? 0, reply.Error ?? reply.Body);
    }

    /// <summary>The guard of <see cref="ListDeliveriesAsync"/>.</summary>
    public static Guard<ListWebhookDeliveries> MayListDeliveries { get; } = new(Need.WebhookManage);

    /// <summary>What became of a webhook's latest messages; also of one of the other dialect.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(Granted<ListWebhookDeliveries> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var webhook = await gate.ManagedAsync(caller, message.Id, cancellationToken);
        return await store.ListDeliveriesAsync(webhook.Id, NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage), cancellationToken);
    }

    private static RegistryWebhook Of(StoredWebhook webhook) => new()
    {
        Id = webhook.Id,
        ModelName = webhook.ModelName,
        Events = webhook.Events,
        Description = webhook.Description,
        Status = webhook.Status,
        CreationTimestamp = webhook.CreatedAt,
        LastUpdatedTimestamp = webhook.UpdatedAt,
        HttpUrlSpec = new(webhook.Url, webhook.VerifyTls),
    };

    private static string? Status(string? status) =>
        WebhookRules.Status(status, WebhookStatus.Active, WebhookStatus.Disabled, WebhookStatus.TestMode);

    private static void RefuseJob(bool given)
    {
        if (given)
        {
            throw ProtocolException.Invalid("'job_spec' is not supported: this server does not run jobs. Use 'http_url_spec' and start the job from the receiver.");
        }
    }

    // Who may change a webhook but was never told its authorization must not get it sent to a place of his own.
    private static void RefuseTakingAuthorizationAlong(StoredWebhook webhook, string? url, HttpUrlSpec? spec)
    {
        if (webhook.Authorization is not null && spec?.Authorization is null && url is not null
            && Uri.Compare(new(url), new(webhook.Url), UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw ProtocolException.Invalid($"The new URL points to a different server: send '{Spec}.authorization' again, or an empty one to remove it.");
        }
    }

    private StoredWebhook WithSpec(StoredWebhook webhook, HttpUrlSpec? spec) => spec is null ? webhook : webhook with
    {
        VerifyTls = spec.EnableSslVerification ?? webhook.VerifyTls,
        Secret = spec.Secret is { } secret ? WebhookSecrets.SealSecret(secrets, webhook.Id, secret, $"{Spec}.secret") : webhook.Secret,
        Authorization = spec.Authorization is { } header
            ? WebhookSecrets.SealAuthorization(secrets, webhook.Id, header, $"{Spec}.authorization")
            : webhook.Authorization,
    };

    private async Task<StoredWebhook> ManagedAsync(Caller caller, string? id, CancellationToken cancellationToken)
    {
        var webhook = await gate.ManagedAsync(caller, id, cancellationToken);
        return webhook.Dialect == WebhookDialect.Workspace ? webhook : throw WebhookGate.Missing(id!);
    }
}
