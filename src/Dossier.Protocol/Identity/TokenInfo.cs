namespace Dossier.Protocol;

/// <summary>A personal access token, without its value: that is shown once, at creation. Times are in milliseconds since the epoch.</summary>
public sealed record TokenInfo
{
    /// <summary>The id, 32 hex digits; not secret.</summary>
    public required string TokenId { get; init; }

    /// <summary>When it was created.</summary>
    public long CreationTime { get; init; }

    /// <summary>When it ends; -1 for one that never does.</summary>
    public long ExpiryTime { get; init; } = -1;

    /// <summary>What it is for.</summary>
    public string? Comment { get; init; }

    /// <summary>When it last signed somebody in, to the minute; absent for one that never did.</summary>
    public long? LastAccessedTime { get; init; }

    /// <summary>The id of the user or service principal that it signs in; in the administrators' list alone.</summary>
    public long? OwnerId { get; init; }

    /// <summary>The name of that user or service principal; in the administrators' list alone.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The id of who created it; in the administrators' list alone.</summary>
    public long? CreatedById { get; init; }

    /// <summary>The name of who created it; in the administrators' list alone.</summary>
    public string? CreatedByUsername { get; init; }
}
