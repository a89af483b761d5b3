using Dossier.Core.Access;

namespace Dossier.Core.Identity;

/// <summary>A user, group or service principal.</summary>
public sealed record Principal
{
    /// <summary>The key in the database; SCIM's <c>id</c>. Never reused.</summary>
    public long Id { get; init; }

    /// <summary>What it is.</summary>
    public required PrincipalKind Kind { get; init; }

    /// <summary>A user's name, a group's name, a service principal's application id; one with another case is the same.</summary>
    public required string Name { get; init; }

    /// <summary>How people call it; null for groups.</summary>
    public string? DisplayName { get; init; }

    /// <summary>A user's given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>A user's family name.</summary>
    public string? FamilyName { get; init; }

    /// <summary>A user's e-mail address; null where the name is one.</summary>
    public string? Email { get; init; }

    /// <summary>Where mail goes to: a user's name where that is an address and no other is known.</summary>
    public string? Address => Email ?? (Kind == PrincipalKind.User && Name.Contains('@') ? Name : null);

    /// <summary>The identity provider's id.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Whether it may sign in.</summary>
    public bool Active { get; init; } = true;

    /// <summary>In milliseconds since the epoch.</summary>
    public long CreatedAt { get; init; }

    /// <summary>In milliseconds since the epoch.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>The groups that it is directly in, by name, <c>users</c> left out; null where they were not asked for.</summary>
    public IReadOnlyList<PrincipalRef>? Groups { get; init; }

    /// <summary>A group's direct members, by kind and name; null where they were not asked for.</summary>
    public IReadOnlyList<PrincipalRef>? Members { get; init; }

    /// <summary>Whether every database has it from the start: it can't be renamed, deactivated or deleted.</summary>
    public bool IsBuiltIn => Id is BuiltIn.AdminsId or BuiltIn.UsersId or BuiltIn.LocalId;
}

/// <summary>A principal as another one names it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="DisplayName">How people call it.</param>
public sealed record PrincipalRef(long Id, PrincipalKind Kind, string Name, string? DisplayName);
