using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Storage;

namespace Dossier.Cli.Demo;

/// <summary>Those who sign in to the demo's server: the one who made the record, and an administrator.</summary>
/// <param name="UserToken">A token of <see cref="DemoRecord.UserName"/>.</param>
/// <param name="AdministratorToken">A token of <see cref="Administrator"/>.</param>
internal sealed record DemoIdentities(string UserToken, string AdministratorToken)
{
    /// <summary>The administrator's name.</summary>
    public const string Administrator = "admin";

    /// <summary>Makes, in a database that no server has opened yet, an administrator and everybody whom the record's permissions name.</summary>
    public static async Task<DemoIdentities> CreateAsync(string backendStore, DemoRecord record, CancellationToken cancellationToken)
    {
        await using var store = await DossierStore.OpenAsync(backendStore, ArtifactUri.ServedRoot + "/", TimeProvider.System, cancellationToken);
        var change = new Change(Administrator, TimeProvider.System.Milliseconds());
        var administrator = await store.Identity.CreateAsync(
            new() { Kind = PrincipalKind.User, Name = Administrator, DisplayName = "Administrator" }, change, cancellationToken);
        await store.Identity.ChangeMembersAsync(BuiltIn.AdminsId, [administrator.Id], [], change, cancellationToken);
        foreach (var principal in Principals(record))
        {
            await store.Identity.CreateAsync(principal, change, cancellationToken);
        }

        var user = await store.Identity.FindAsync(PrincipalKind.User, record.UserName, cancellationToken);
        return new(await TokenAsync(store, user!.Id, change, cancellationToken), await TokenAsync(store, administrator.Id, change, cancellationToken));
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

    private static async Task<string> TokenAsync(DossierStore store, long owner, Change change, CancellationToken cancellationToken)
    {
        var token = Secret.New(Secret.TokenPrefix);
        await store.Credentials.AddTokenAsync(
            new(TokenKind.Personal, owner, Secret.Hash(token), ExpiresAt: null, "Of the demo"), change with { PrincipalId = owner }, cancellationToken);
        return token;
    }
}
