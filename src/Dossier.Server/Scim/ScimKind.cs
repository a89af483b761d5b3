using System.Collections.Frozen;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Protocol.Scim;

namespace Dossier.Server.Scim;

/// <summary>A type of SCIM resource: its path, its schema, and by which attributes it is found.</summary>
internal sealed class ScimKind
{
    public static readonly ScimKind User = new(PrincipalKind.User, "User", ScimSchema.User, new()
    {
        ["id"] = PrincipalField.Id,
        ["userName"] = PrincipalField.Name,
        ["displayName"] = PrincipalField.DisplayName,
        ["emails"] = PrincipalField.Email,
        ["emails.value"] = PrincipalField.Email,
        ["externalId"] = PrincipalField.ExternalId,
        ["active"] = PrincipalField.Active,
    });

    public static readonly ScimKind Group = new(PrincipalKind.Group, "Group", ScimSchema.Group, new()
    {
        ["id"] = PrincipalField.Id,
        ["displayName"] = PrincipalField.Name,
        ["externalId"] = PrincipalField.ExternalId,
        ["members"] = PrincipalField.Member,
        ["members.value"] = PrincipalField.Member,
    });

    public static readonly ScimKind ServicePrincipal = new(PrincipalKind.ServicePrincipal, "ServicePrincipal", ScimSchema.ServicePrincipal, new()
    {
        ["id"] = PrincipalField.Id,
        ["applicationId"] = PrincipalField.Name,
        ["displayName"] = PrincipalField.DisplayName,
        ["externalId"] = PrincipalField.ExternalId,
        ["active"] = PrincipalField.Active,
    });

    private readonly FrozenDictionary<string, PrincipalField> _fields;

    private ScimKind(PrincipalKind kind, string name, string schema, Dictionary<string, PrincipalField> fields) =>
        (Kind, Name, Schema, _fields) = (kind, name, schema, fields.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));

    /// <summary>What it is in the domain.</summary>
    public PrincipalKind Kind { get; }

    /// <summary>As <c>meta.resourceType</c> says it.</summary>
    public string Name { get; }

    public string Schema { get; }

    /// <summary>Its part of the path, e.g. <c>Users</c>.</summary>
    public string Path => Name + "s";

    /// <summary>What an attribute of a filter or an order stands for; null if it can't be one.</summary>
    public PrincipalField? Field(string attribute) => _fields.TryGetValue(attribute, out var field) ? field : null;

    /// <summary>The attributes that can be in a filter, for errors.</summary>
    public string Fields => string.Join(", ", _fields.Keys.Order(StringComparer.Ordinal));

    public static ScimKind Of(PrincipalKind kind) => kind switch
    {
        PrincipalKind.User => User,
        PrincipalKind.Group => Group,
        _ => ServicePrincipal,
    };
}
