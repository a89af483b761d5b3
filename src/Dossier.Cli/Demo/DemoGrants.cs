using Dossier.Client;
using Dossier.Protocol;

namespace Dossier.Cli.Demo;

/// <summary>Grants what the record's permissions tell of the two roots, from which model and experiment inherit.</summary>
internal static class DemoGrants
{
    // As answers name a root, and as requests do.
    private static readonly (string Answered, string Asked)[] Roots = [("/registered-models/", "registered-models/root"), ("/directories/", "directories/0")];

    /// <summary>Makes the grants.</summary>
    /// <param name="administrator">A client that may.</param>
    /// <param name="record">The record.</param>
    /// <param name="progress">Is told each step: what, and how much.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task MakeAsync(DossierClient administrator, DemoRecord record, Action<string, string> progress, CancellationToken cancellationToken)
    {
        foreach (var (answered, asked) in Roots)
        {
            var grants = Inherited(record, answered).ToList();
            await administrator.Permissions.UpdateAsync(asked, grants, cancellationToken);
            progress("permissions", $"{asked}: {string.Join(", ", grants.Select(grant =>
                $"{grant.GroupName ?? grant.UserName ?? grant.ServicePrincipalName} {grant.PermissionLevel}"))}");
        }
    }

    private static IEnumerable<AccessControlRequest> Inherited(DemoRecord record, string root) =>
        from entry in record.ModelPermissions.AccessControlList.Concat(record.ExperimentPermissions.AccessControlList)
        from level in entry.AllPermissions
        where level.InheritedFromObject?.Contains(root) is true
        select new AccessControlRequest
        {
            UserName = entry.UserName,
            GroupName = entry.GroupName,
            ServicePrincipalName = entry.ServicePrincipalName,
            PermissionLevel = level.PermissionLevel,
        };
}
