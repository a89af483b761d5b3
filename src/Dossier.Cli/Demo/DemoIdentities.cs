using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Server.Hosting;

namespace Dossier.Cli.Demo;

/// <summary>The users who sign in to the demo's server: the author of the record, and an administrator.</summary>
/// <param name="UserToken">A token of <see cref="DemoRecord.UserName"/>.</param>
/// <param name="AdministratorToken">A token of <see cref="Administrator"/>.</param>
internal sealed record DemoIdentities(string UserToken, string AdministratorToken)
{
    /// <summary>The administrator's name.</summary>
    public const string Administrator = "admin";

    /// <summary>Makes, in a database that no server has opened yet, an administrator and everybody whom the record's permissions name.</summary>
    public static async Task<DemoIdentities> CreateAsync(ServerOptions options, DemoRecord record, CancellationToken cancellationToken)
    {
        await using var opened = await DossierRecord.OpenAsync(options, cancellationToken);
        var administrators = opened.Domain.Administrators;
        var administrator = await administrators.AddAsync(
            new() { Kind = PrincipalKind.User, Name = Administrator, DisplayName = "Administrator" }, administrator: true, cancellationToken);
        Principal? user = null;
        foreach (var principal in Principals(record))
        {
            var added = await administrators.AddAsync(principal, administrator: false, cancellationToken);
            user = added.Name == record.UserName ? added : user;
        }

        return new(await TokenAsync(user!), await TokenAsync(administrator));

        Task<string> TokenAsync(Principal owner) => administrators.CreateTokenAsync(owner, "Of the demo", cancellationToken);
    }

    private static IEnumerable<Principal> Principals(DemoRecord record) =>
        record.ModelPermissions.AccessControlList.Concat(record.ExperimentPermissions.AccessControlList)
            .Where(entry => entry.GroupName is null)
            .DistinctBy(entry => entry.UserName ?? entry.ServicePrincipalName)
            .Select(entry => new Principal
            {
                Kind = entry.UserName is null ? PrincipalKind.ServicePrincipal : PrincipalKind.User,
                Name = entry.UserName ?? entry.ServicePrincipalName!,
                DisplayName = entry.DisplayName,
            });
}
