using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>A webhook of either dialect, as the store keeps it.</summary>
public sealed record StoredWebhook
{
    /// <summary>The public id.</summary>
    public required string Id { get; init; }

    /// <summary>The dialect of its payloads.</summary>
    public required WebhookDialect Dialect { get; init; }

    /// <summary>The registered model that it is about, by its present name; null for all models.</summary>
    public string? ModelName { get; init; }

    /// <summary>What people call it; null in the workspace registry's dialect.</summary>
    public string? Name { get; init; }

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>Where it sends to.</summary>
    public required string Url { get; init; }

    /// <summary>Whether the receiver's certificate is checked.</summary>
    public bool VerifyTls { get; init; } = true;

    /// <summary>One of <see cref="WebhookStatus"/>.</summary>
    public string Status { get; init; } = WebhookStatus.Active;

    /// <summary>
    /// The events it sends, by their names in its dialect, e.g. <c>MODEL_VERSION_CREATED</c> or <c>model_version.created</c>.
    /// </summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>The key of its signatures, sealed by <see cref="SecretBox"/>; null for none.</summary>
    public byte[]? Secret { get; init; }

    /// <summary>Its header <c>Authorization</c>, sealed by <see cref="SecretBox"/>; null for none.</summary>
    public byte[]? Authorization { get; init; }

    /// <summary>The principal who created or last changed it. It sends only what this principal is allowed to read.</summary>
    public long OwnerId { get; init; }

    /// <summary>In milliseconds since the epoch.</summary>
    public long CreatedAt { get; init; }

    /// <summary>In milliseconds since the epoch.</summary>
    public long UpdatedAt { get; init; }
}
