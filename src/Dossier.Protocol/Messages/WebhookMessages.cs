namespace Dossier.Protocol;

/// <summary>POST <c>webhooks</c>.</summary>
public sealed record CreateWebhook
{
    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>An <c>https</c> URL, without user, password and fragment.</summary>
    public string? Url { get; init; }

    /// <summary>What it tells.</summary>
    public IReadOnlyList<WebhookEvent>? Events { get; init; }

    /// <summary>The key of the header <c>X-MLflow-Signature</c>.</summary>
    public string? Secret { get; init; }

    /// <summary><c>ACTIVE</c> (the default) or <c>DISABLED</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Tells nothing: records print their members, and one of these is secret.</summary>
    public override string ToString() => nameof(CreateWebhook);
}

/// <summary>PATCH <c>webhooks/{webhook_id}</c>: what is absent stays.</summary>
public sealed record UpdateWebhook
{
    /// <summary>The webhook, which the path names.</summary>
    public string? WebhookId { get; init; }

    /// <inheritdoc cref="CreateWebhook.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="CreateWebhook.Description"/>
    public string? Description { get; init; }

    /// <inheritdoc cref="CreateWebhook.Url"/>
    public string? Url { get; init; }

    /// <inheritdoc cref="CreateWebhook.Events"/>
    public IReadOnlyList<WebhookEvent>? Events { get; init; }

    /// <inheritdoc cref="CreateWebhook.Secret"/>
    public string? Secret { get; init; }

    /// <inheritdoc cref="CreateWebhook.Status"/>
    public string? Status { get; init; }

    /// <inheritdoc cref="CreateWebhook.ToString"/>
    public override string ToString() => nameof(UpdateWebhook);
}

/// <summary>GET <c>webhooks</c>.</summary>
/// <param name="MaxResults">At most this many, 1 to 1,000; default 100.</param>
/// <param name="PageToken">Where the last page ended.</param>
public sealed record ListWebhooks(long? MaxResults, string? PageToken);

/// <summary>GET <c>webhooks/{webhook_id}</c>.</summary>
public sealed record GetWebhook(string? WebhookId);

/// <summary>DELETE <c>webhooks/{webhook_id}</c>.</summary>
public sealed record DeleteWebhook(string? WebhookId);

/// <summary>Answer of the calls that give one webhook.</summary>
public sealed record WebhookAnswer(Webhook Webhook);

/// <summary>Answer of GET <c>webhooks</c>.</summary>
public sealed record WebhooksPage(IReadOnlyList<Webhook>? Webhooks, string? NextPageToken);

/// <summary>POST <c>webhooks/{webhook_id}/test</c>.</summary>
/// <param name="Event">What to pretend; the first of its events by default.</param>
public sealed record TestWebhook(WebhookEvent? Event)
{
    /// <summary>The webhook, which the path names.</summary>
    public string? WebhookId { get; init; }
}

/// <summary>Answer of <c>webhooks/{webhook_id}/test</c>.</summary>
public sealed record WebhookTestAnswer(WebhookTestResult Result);
