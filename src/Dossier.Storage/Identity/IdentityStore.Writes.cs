using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <summary>Writes to principals. They wait for each other, so that what they check (limits, cycles, the last administrator) stays true until they are done.</summary>
internal sealed partial class IdentityStore
{
    public Task<Principal> CreateAsync(Principal principal, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await AccessVersion.LockAsync(session);
        var created = await InsertAsync(session, principal, change);
        await version.ChangeAsync(session);
        return created;
    }, cancel);

    public Task<Principal> CreateGroupAsync(Principal group, IReadOnlyList<long> members, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await AccessVersion.LockAsync(session);
        var created = await InsertAsync(session, group, change);
        await GroupMembers.ChangeAsync(session, created, MemberChange.To(members), change);
        await version.ChangeAsync(session);
        return created;
    }, cancel);

    public Task<Principal> UpdateAsync(
        PrincipalKind kind, long id, Func<Principal, Principal> edit, MemberChange members, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await AccessVersion.LockAsync(session);
        var before = await ExistingAsync(session, kind, id);
        var after = edit(before) with { Id = before.Id, Kind = kind, CreatedAt = before.CreatedAt };
        var fields = PrincipalRow.Changes(before, after);
        if (fields.Count > 0)
        {
            after = after with { UpdatedAt = change.At };
            await ChangeFieldsAsync(session, before, after, change);
            await EventWriter.WriteAsync(session, change, EventAction.PrincipalUpdate(kind), before.Name, EventDetail.Changes([.. fields]));
        }

        var membersChanged = !members.IsNone && await GroupMembers.ChangeAsync(session, after, members, change);
        if (fields.Count > 0 || membersChanged)
        {
            await version.ChangeAsync(session);
        }

        return after;
    }, cancel);

    public async Task ChangeMembersAsync(long groupId, IReadOnlyList<long> added, IReadOnlyList<long> removed, Change change, CancellationToken cancel) =>
        await UpdateAsync(PrincipalKind.Group, groupId, static group => group, new MemberChange(false, added, removed), change, cancel);

    public Task DeleteAsync(PrincipalKind kind, long id, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await AccessVersion.LockAsync(session);
        var principal = await ExistingAsync(session, kind, id);
        RefuseBuiltIn(principal, "deleted");
        var tokens = await CredentialStore.DeleteAllOfAsync(session, id);
        await Administrators.KeepOneAsync(session, async () =>
        {
            await GroupMembers.DeleteAllOfAsync(session, principal, change);
            await session.ExecuteAsync("DELETE FROM principals WHERE id = $1", id);
        });
        var what = PrincipalRow.Changes(principal, null);
        what.AddRange(Gone("tokens", tokens));
        what.AddRange(Gone("grants", await session.ExecuteAsync("DELETE FROM grants WHERE principal_id = $1", id)));
        await version.ChangeAsync(session);
        await EventWriter.WriteAsync(session, change, EventAction.PrincipalDelete(kind), principal.Name, EventDetail.Changes([.. what]));
    }, cancel);

    private static async ValueTask<Principal> InsertAsync(SqlSession session, Principal principal, Change change)
    {
        if (await PrincipalRow.FindAsync(session, principal.Kind, principal.Name) is not null)
        {
            throw PrincipalRow.Taken(principal.Kind, principal.Name);
        }

        await RefuseTooManyAsync(session, principal.Kind);
        var created = principal with { Id = await PrincipalRow.InsertAsync(session, principal, change.At), CreatedAt = change.At, UpdatedAt = change.At };
        await EventWriter.WriteAsync(
            session, change, EventAction.PrincipalCreate(principal.Kind), principal.Name, EventDetail.Changes([.. PrincipalRow.Changes(null, created)]));
        await MakeHomeAsync(session, created, change);
        return created;
    }

    private static async ValueTask RefuseTooManyAsync(SqlSession session, PrincipalKind kind)
    {
        var (those, most, condition) = kind == PrincipalKind.Group
            ? ("groups", IdentityLimits.Groups, "kind = 2")
            : ("users and service principals", IdentityLimits.UsersAndServicePrincipals, "kind <> 2");
        if (await session.FirstAsync($"SELECT COUNT(*) FROM principals WHERE {condition}", static row => row.Integer(0), 0L) >= most)
        {
            throw new ProtocolException(ErrorCode.InvalidState, $"There are already {most} {those}, which is the maximum. Delete one that is no longer needed.");
        }
    }

    private static async ValueTask ChangeFieldsAsync(SqlSession session, Principal before, Principal after, Change change)
    {
        if (before.Name != after.Name)
        {
            RefuseBuiltIn(before, "renamed");
            if (await PrincipalRow.FindAsync(session, after.Kind, after.Name) is { } other && other.Id != after.Id)
            {
                throw PrincipalRow.Taken(after.Kind, after.Name);
            }

            await MakeHomeAsync(session, after, change);
        }

        if (before.Active && !after.Active)
        {
            RefuseBuiltIn(before, "deactivated");
            await Administrators.KeepOneAsync(session, async () => await PrincipalRow.UpdateAsync(session, after, change.At));
        }
        else
        {
            await PrincipalRow.UpdateAsync(session, after, change.At);
        }
    }

    // Where the experiments with plain names go; one that is there from before is taken over.
    private static ValueTask MakeHomeAsync(SqlSession session, Principal principal, Change change) =>
        principal.Kind == PrincipalKind.Group ? default : Folders.MakeHomeAsync(session, principal.Id, principal.Name, change);

    private static async ValueTask<Principal> ExistingAsync(SqlSession session, PrincipalKind kind, long id) =>
        await PrincipalRow.FindAsync(session, id) is { } found && found.Kind == kind ? found : throw PrincipalRow.Missing(kind, id);

    private static FieldChange[] Gone(string what, int count) => count == 0 ? [] : [new(what, count.ToString(CultureInfo.InvariantCulture), null)];

    private static void RefuseBuiltIn(Principal principal, string what)
    {
        if (principal.IsBuiltIn)
        {
            throw new ProtocolException(ErrorCode.InvalidState, $"The {PrincipalRow.Word(principal.Kind)} '{principal.Name}' is built in and cannot be {what}.");
        }
    }
}
