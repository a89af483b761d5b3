using System.Text.Json.Serialization;

namespace Dossier.Protocol.Scim;

/// <summary>A user as SCIM shows it.</summary>
public sealed record ScimUser
{
    /// <summary><see cref="ScimSchema.User"/>.</summary>
    public IReadOnlyList<string>? Schemas { get; init; }

    /// <summary>The server's id; never given to another one.</summary>
    public string? Id { get; init; }

    /// <summary>The identity provider's id.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The name to sign in with, usually an e-mail address; never changes.</summary>
    public string? UserName { get; init; }

    /// <summary>How people call the user.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The parts of the name.</summary>
    public ScimName? Name { get; init; }

    /// <summary>At most one, of type <c>work</c>.</summary>
    public IReadOnlyList<ScimEmail>? Emails { get; init; }

    /// <summary>Whether the user may sign in.</summary>
    public bool? Active { get; init; }

    /// <summary>The groups that the user is in directly.</summary>
    public IReadOnlyList<ScimReference>? Groups { get; init; }

    /// <summary>Type and times.</summary>
    public ScimMeta? Meta { get; init; }
}

/// <summary>A group as SCIM shows it.</summary>
public sealed record ScimGroup
{
    /// <summary><see cref="ScimSchema.Group"/>.</summary>
    public IReadOnlyList<string>? Schemas { get; init; }

    /// <inheritdoc cref="ScimUser.Id"/>
    public string? Id { get; init; }

    /// <inheritdoc cref="ScimUser.ExternalId"/>
    public string? ExternalId { get; init; }

    /// <summary>The group's name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The direct members: users, service principals and groups.</summary>
    public IReadOnlyList<ScimReference>? Members { get; init; }

    /// <summary>The groups that it is in directly.</summary>
    public IReadOnlyList<ScimReference>? Groups { get; init; }

    /// <inheritdoc cref="ScimUser.Meta"/>
    public ScimMeta? Meta { get; init; }
}

/// <summary>A service principal as SCIM shows it.</summary>
public sealed record ScimServicePrincipal
{
    /// <summary><see cref="ScimSchema.ServicePrincipal"/>.</summary>
    public IReadOnlyList<string>? Schemas { get; init; }

    /// <inheritdoc cref="ScimUser.Id"/>
    public string? Id { get; init; }

    /// <inheritdoc cref="ScimUser.ExternalId"/>
    public string? ExternalId { get; init; }

    /// <summary>Its name in grants and its OAuth client id, a UUID; never changes.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>How people call it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether its tokens work.</summary>
    public bool? Active { get; init; }

    /// <inheritdoc cref="ScimUser.Groups"/>
    public IReadOnlyList<ScimReference>? Groups { get; init; }

    /// <inheritdoc cref="ScimUser.Meta"/>
    public ScimMeta? Meta { get; init; }
}

/// <summary>The parts of a user's name.</summary>
/// <param name="GivenName">The first name.</param>
/// <param name="FamilyName">The last name.</param>
public sealed record ScimName(string? GivenName = null, string? FamilyName = null);

/// <summary>An e-mail address.</summary>
/// <param name="Value">The address.</param>
/// <param name="Type"><c>work</c>.</param>
/// <param name="Primary">Whether mail goes there.</param>
public sealed record ScimEmail(string? Value, string? Type = null, bool? Primary = null);

/// <summary>Another resource: a member of a group, or a group that something is in.</summary>
/// <param name="Value">Its id.</param>
/// <param name="Display">Its name for people.</param>
/// <param name="Ref">Where it is, relative to SCIM's base path, e.g. <c>Users/12</c>; its first part says what it is.</param>
public sealed record ScimReference(string Value, string? Display = null, [property: JsonPropertyName("$ref")] string? Ref = null);

/// <summary>Type and times of a resource.</summary>
/// <param name="ResourceType"><c>User</c>, <c>Group</c> or <c>ServicePrincipal</c>.</param>
/// <param name="Created">When it was made, ISO 8601.</param>
/// <param name="LastModified">When it was last changed, ISO 8601.</param>
/// <param name="Location">Its path on the server.</param>
public sealed record ScimMeta(string? ResourceType, string? Created, string? LastModified, string? Location);
