namespace Dossier.Protocol;

/// <summary>A service principal's OAuth secret, without its value: that is shown once, at creation. Times are RFC 3339 texts in UTC.</summary>
public sealed record ClientSecret
{
    /// <summary>The id; not secret.</summary>
    public required string Id { get; init; }

    /// <summary>The secret itself: only in the answer to its creation.</summary>
    public string? Secret { get; init; }

    /// <summary><c>ACTIVE</c>, or <c>EXPIRED</c> once it has ended.</summary>
    public required string Status { get; init; }

    /// <summary>When it was created.</summary>
    public required string CreateTime { get; init; }

    /// <summary>When it ends.</summary>
    public required string ExpireTime { get; init; }

    /// <summary>Without the value, which must not reach a log.</summary>
    public override string ToString() => $"{nameof(ClientSecret)} {{ Id = {Id} }}";
}
