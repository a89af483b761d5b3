using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Permissions;

/// <summary>Shows all grants on an object to people.</summary>
internal static class PermissionsTable
{
    private static readonly IReadOnlyList<Column<(AccessControl Entry, GrantedLevel Level)>> Columns =
    [
        new("principal", row => PrincipalName.Of(row.Entry).ToString(), ColumnKind.Id),
        new("display_name", row => row.Entry.DisplayName),
        new("permission_level", row => row.Level.PermissionLevel, ColumnKind.Id),
        new("from", row => row.Level.Inherited ? string.Join(", ", row.Level.InheritedFromObject ?? []) : "direct"),
    ];

    /// <summary>One row for each level of each principal.</summary>
    public static void Write(ObjectPermissions permissions)
    {
        Details.Title("Permissions on", permissions.ObjectId.TrimStart('/'));
        TableOutput.Write([.. permissions.AccessControlList.SelectMany(entry => entry.AllPermissions, (entry, level) => (entry, level))], Columns);
    }
}
