namespace Dossier.Protocol;

/// <summary>A webhook as 3.x clients know it: about all registered models and prompts.</summary>
public sealed record Webhook
{
    /// <summary>Its id, a UUID.</summary>
    public string WebhookId { get; init => field = value ?? ""; } = "";

    /// <summary>What people call it.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>Where it sends to.</summary>
    public string Url { get; init => field = value ?? ""; } = "";

    /// <summary>What it tells.</summary>
    public IReadOnlyList<WebhookEvent>? Events { get; init; }

    /// <summary><c>ACTIVE</c> or <c>DISABLED</c>.</summary>
    public string Status { get; init => field = value ?? WebhookStatus.Active; } = WebhookStatus.Active;

    /// <summary>Creation, in milliseconds since the epoch.</summary>
    public long? CreationTimestamp { get; init; }

    /// <summary>Last change, in milliseconds since the epoch.</summary>
    public long? LastUpdatedTimestamp { get; init; }
}

/// <summary>Something that a <see cref="Webhook"/> tells: what was done to what.</summary>
/// <param name="Entity">E.g. <c>MODEL_VERSION</c>.</param>
/// <param name="Action">E.g. <c>CREATED</c>.</param>
public sealed record WebhookEvent(string? Entity, string? Action);

/// <summary>What came of testing a <see cref="Webhook"/>.</summary>
public sealed record WebhookTestResult
{
    /// <summary>Whether the receiver took it.</summary>
    public bool Success { get; init; }

    /// <summary>The status that the receiver answered.</summary>
    public long? ResponseStatus { get; init; }

    /// <summary>The start of what the receiver answered.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>Why there was no answer.</summary>
    public string? ErrorMessage { get; init; }
}

/// <summary>One message to one receiver: how far it has come. Dossier's own.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The delivery's id, as the receiver sees it in a header; the same in all attempts.</summary>
    public string DeliveryId { get; init => field = value ?? ""; } = "";

    /// <summary>What it tells.</summary>
    public string Event { get; init => field = value ?? ""; } = "";

    /// <summary>One of <see cref="WebhookDeliveryStatus"/>.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>How often it was sent.</summary>
    public long Attempts { get; init; }

    /// <summary>When it was put into the queue, in milliseconds since the epoch.</summary>
    public long? CreationTimestamp { get; init; }

    /// <summary>When it was sent last, in milliseconds since the epoch.</summary>
    public long? LastAttemptTimestamp { get; init; }

    /// <summary>The status that the receiver answered last.</summary>
    public long? StatusCode { get; init; }

    /// <summary>How long the last attempt took, in milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; init; }
}

/// <summary>The states of a delivery.</summary>
public static class WebhookDeliveryStatus
{
    /// <summary>Waits for its first or next attempt.</summary>
    public const string Waiting = "WAITING";

    /// <summary>The receiver took it.</summary>
    public const string Delivered = "DELIVERED";

    /// <summary>Is not tried any more.</summary>
    public const string GivenUp = "GIVEN_UP";
}
