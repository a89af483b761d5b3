using Dossier.CommandLine.Output;
using Dossier.Protocol.Scim;

namespace Dossier.Cli.Columns;

/// <summary>The columns of users, groups and service principals.</summary>
internal static class IdentityColumns
{
    public static ColumnSet<ScimUser> Users { get; } = new(
        [
            new("user_name", user => user.UserName),
            new("display_name", user => user.DisplayName),
            new("active", user => Truth(user.Active)),
            new("groups", user => Names(user.Groups)),
            new("id", user => user.Id, ColumnKind.Id),
            new("email", user => user.Emails is [var first, ..] ? first.Value : null),
            new("external_id", user => user.ExternalId),
        ],
        shownByDefault: 5,
        new Dictionary<string, Func<string, Column<ScimUser>>>());

    /// <summary>Of groups, whose members a list does not read.</summary>
    public static ColumnSet<ScimGroup> Groups { get; } = new(
        [
            new("display_name", group => group.DisplayName),
            new("groups", group => Names(group.Groups)),
            new("id", group => group.Id, ColumnKind.Id),
            new("external_id", group => group.ExternalId),
        ],
        shownByDefault: 4,
        new Dictionary<string, Func<string, Column<ScimGroup>>>());

    public static ColumnSet<ScimServicePrincipal> ServicePrincipals { get; } = new(
        [
            new("application_id", program => program.ApplicationId, ColumnKind.Id),
            new("display_name", program => program.DisplayName),
            new("active", program => Truth(program.Active)),
            new("groups", program => Names(program.Groups)),
            new("id", program => program.Id, ColumnKind.Id),
            new("external_id", program => program.ExternalId),
        ],
        shownByDefault: 5,
        new Dictionary<string, Func<string, Column<ScimServicePrincipal>>>());

    public static IReadOnlyList<Column<ScimReference>> Members { get; } =
    [
        new("type", member => member.Ref?.Split('/')[0]),
        new("name", member => member.Display),
        new("id", member => member.Value, ColumnKind.Id),
    ];

    /// <summary>The names of groups.</summary>
    public static string? Names(IReadOnlyList<ScimReference>? references) =>
        references is { Count: > 0 } ? string.Join(", ", references.Select(one => one.Display ?? one.Value)) : null;

    /// <summary><c>true</c>, <c>false</c> or nothing.</summary>
    public static string? Truth(bool? truth) => truth switch { true => "true", false => "false", null => null };
}
