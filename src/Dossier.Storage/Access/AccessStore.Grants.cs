using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>Reads and changes grants.</summary>
internal sealed partial class AccessStore
{
    public Task<ObjectPermissions?> GetPermissionsAsync(AccessObject target, CancellationToken cancel) => database.ReadAsync<ObjectPermissions?>(async session =>
        await GrantTarget.FindAsync(session, target) is { } found ? AccessControlLists.Of(found, await HeldGrant.AllAsync(session, found)) : null, cancel);

    public Task<ObjectPermissions> ChangeGrantsAsync(
        AccessObject target, IReadOnlyList<Grant> grants, bool replace, Caller caller, long at, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await AccessVersion.LockAsync(session);
        var found = await GrantTarget.FindAsync(session, target) ?? throw target.Missing();
        await RequireManageAsync(session, target, caller);
        var changes = await GrantChange.PlanAsync(session, found, grants, replace);
        KeepAdmins(found, changes);
        foreach (var change in changes)
        {
            await change.ApplyAsync(session, found.Object, new Change(caller.Name, at, caller.Id));
        }

        if (changes.Count > 0)
        {
            await KeepCallerAsync(session, target, caller);
            await version.ChangeAsync(session);
        }

        return AccessControlLists.Of(found, await HeldGrant.AllAsync(session, found));
    }, cancel);

    // Their grants on both roots are what makes administrators manage everything also for those who read grants; the texts are those that clients know.
    private static void KeepAdmins(GrantTarget target, IReadOnlyList<GrantChange> changes)
    {
        if (changes.FirstOrDefault(change => change.PrincipalId == BuiltIn.AdminsId) is { } lost && lost.To < PermissionLevel.CanManage)
        {
            switch (target)
            {
                case { Object.Kind: var kind } when kind == ObjectKinds.Registry:
                    throw ProtocolException.Invalid(
                        $"Cannot change permissions for group '{BuiltIn.Admins}' to {(lost.To == PermissionLevel.NoPermissions ? "None" : lost.To.Name())}.");
                case { Object.Kind: var kind, Text: FolderPath.Root } when kind == ObjectKinds.Folder:
                    throw ProtocolException.Invalid($"Cannot remove {BuiltIn.Admins}'s {PermissionLevel.CanManage.Name()} permission on {FolderKey.Root}");
            }
        }
    }

    // The route has asked already, but what it was told may have been taken away since: who has lost it must not give it back to himself.
    private async ValueTask RequireManageAsync(SqlSession session, AccessObject target, Caller caller)
    {
        var level = caller.IsAdmin ? PermissionLevel.CanManage : await _levels.FindAsync(session, target, caller.PrincipalIds) ?? throw target.Missing();
        if (level < PermissionLevel.CanManage)
        {
            throw AccessService.Refusal(caller, target, level, PermissionLevel.CanManage);
        }
    }

    private async ValueTask KeepCallerAsync(SqlSession session, AccessObject target, Caller caller)
    {
        if (!caller.IsAdmin && await _levels.FindAsync(session, target, caller.PrincipalIds) < PermissionLevel.CanManage)
        {
            throw ProtocolException.Invalid(
                $"{caller.Name} would no longer have {PermissionLevel.CanManage.Name()} on {target.Text}. Keep your own grant, or let somebody else who manages it take it away.");
        }
    }
}
