using Dossier.Core.Access;

namespace Dossier.Core.Identity;

/// <summary>A user, group or service principal.</summary>
public sealed record Principal
{
    /// <summary>The key in the database; SCIM's <c>id</c>.</summary>
    public long Id { get; init; }

    /// <summary>What it is.</summary>
    public required PrincipalKind Kind { get; init; }

    /// <summary>A user's name, a group's name, a service principal's application id; one with another case is the same.</summary>
    public required string Name { get; init; }

    /// <summary>How people call it; null for groups.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The identity provider's id.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Whether it may sign in.</summary>
    public bool Active { get; init; } = true;

    /// <summary>In milliseconds since the epoch.</summary>
    public long CreatedAt { get; init; }

    /// <summary>In milliseconds since the epoch.</summary>
    public long UpdatedAt { get; init; }
}
