using System.Collections.Frozen;
using Dossier.Core.Access;
using Dossier.Core.Validation;

namespace Dossier.Core.Registry;

/// <summary>
/// The aliases for versions in production: setting or deleting one needs the permission to move a version to Production. Case does not
/// matter.
/// </summary>
public sealed class ProtectedAliases
{
    private readonly FrozenSet<string> _names;

    /// <param name="names">The aliases.</param>
    /// <exception cref="Protocol.ProtocolException"><c>INVALID_PARAMETER_VALUE</c>: one of them can't be an alias.</exception>
    public ProtectedAliases(IEnumerable<string> names) =>
        _names = names.Select(RegistryRules.NewAlias).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The default.</summary>
    public static IReadOnlyList<string> Default { get; } = ["production", "champion"];

    /// <summary>The level that sets or deletes an alias.</summary>
    internal PermissionLevel Needed(string alias) =>
        _names.Contains(alias) ? PermissionLevel.CanManageProductionVersions : PermissionLevel.CanManageStagingVersions;
}
