using System.Text.Json;

namespace Dossier.Protocol;

/// <summary>POST <c>registry-webhooks/create</c>.</summary>
public sealed record CreateRegistryWebhook
{
    /// <summary>The registered model; absent for all models.</summary>
    public string? ModelName { get; init; }

    /// <summary>Some of <see cref="RegistryWebhookEvent"/>.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>One of <see cref="WebhookStatus"/>; <c>ACTIVE</c> by default.</summary>
    public string? Status { get; init; }

    /// <summary>Where to send to.</summary>
    public HttpUrlSpec? HttpUrlSpec { get; init; }

    /// <summary>A job to run instead; there are none here.</summary>
    public JsonElement? JobSpec { get; init; }
}

/// <summary>PATCH <c>registry-webhooks/update</c>: what is absent stays.</summary>
public sealed record UpdateRegistryWebhook
{
    /// <summary>The webhook.</summary>
    public string? Id { get; init; }

    /// <inheritdoc cref="CreateRegistryWebhook.Events"/>
    public IReadOnlyList<string>? Events { get; init; }

    /// <inheritdoc cref="CreateRegistryWebhook.Description"/>
    public string? Description { get; init; }

    /// <inheritdoc cref="CreateRegistryWebhook.Status"/>
    public string? Status { get; init; }

    /// <inheritdoc cref="CreateRegistryWebhook.HttpUrlSpec"/>
    public HttpUrlSpec? HttpUrlSpec { get; init; }

    /// <inheritdoc cref="CreateRegistryWebhook.JobSpec"/>
    public JsonElement? JobSpec { get; init; }
}

/// <summary>Answer of the calls that give one webhook.</summary>
public sealed record RegistryWebhookAnswer(RegistryWebhook Webhook);

/// <summary>GET <c>registry-webhooks/list</c>.</summary>
public sealed record ListRegistryWebhooks
{
    /// <summary>Only those about this registered model.</summary>
    public string? ModelName { get; init; }

    /// <summary>Only those that tell one of these.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>At most this many, 1 to 1,000; 100 by default.</summary>
    public long? MaxResults { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? PageToken { get; init; }
}

/// <summary>Answer of <c>registry-webhooks/list</c>.</summary>
public sealed record RegistryWebhooksPage(IReadOnlyList<RegistryWebhook>? Webhooks, string? NextPageToken);

/// <summary>DELETE <c>registry-webhooks/delete</c>.</summary>
public sealed record RegistryWebhookRef(string? Id);

/// <summary>POST <c>registry-webhooks/test</c>.</summary>
/// <param name="Id">The webhook.</param>
/// <param name="Event">What to pretend; the first of its events by default.</param>
public sealed record TestRegistryWebhook(string? Id, string? Event);

/// <summary>Answer of <c>registry-webhooks/test</c>.</summary>
/// <param name="StatusCode">What the receiver answered; 0 when it didn't.</param>
/// <param name="Body">The start of what it answered, or why it didn't.</param>
public sealed record RegistryWebhookTest(long StatusCode, string? Body);

/// <summary>GET <c>registry-webhooks/deliveries</c>.</summary>
/// <param name="Id">The webhook, of either dialect.</param>
/// <param name="MaxResults">At most this many, 1 to 1,000; default 100.</param>
public sealed record ListWebhookDeliveries(string? Id, long? MaxResults);

/// <summary>Answer of <c>registry-webhooks/deliveries</c>, which is Dossier's own: the newest first.</summary>
public sealed record WebhookDeliveriesAnswer(IReadOnlyList<WebhookDelivery>? Deliveries);
