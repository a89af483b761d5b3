using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <summary>Who is directly in which group; changed only under <see cref="Access.AccessVersion.LockAsync"/>.</summary>
internal static class GroupMembers
{
    // An event names this many; a longer change is several events, so that none is left out.
    private const int NamesOfEvent = 100;

    private const string Present = "SELECT p.id, p.kind, p.name FROM group_members m JOIN principals p ON p.id = m.member_id WHERE m.group_id = $1";

    private static readonly BulkInsert Insert = new(
        "group_members", "ON CONFLICT (group_id, member_id) DO NOTHING", new("group_id", SqlKind.Integer), new("member_id", SqlKind.Integer));

    /// <summary>Changes a group's members. False: they are so already.</summary>
    public static async ValueTask<bool> ChangeAsync(SqlSession session, Principal group, MemberChange members, Change change)
    {
        if (group.Id == BuiltIn.UsersId)
        {
            throw Refused($"All users are members of '{BuiltIn.Users}' implicitly; its members cannot be changed.");
        }

        var added = await NamedAsync(session, members.Added);
        var present = members.Replace
            ? await session.ListAsync(Present, Read, group.Id)
            : await session.ListAsync($"{Present} AND {session.Dialect.In("m.member_id", 2)}", Read, group.Id, SqlValue.List([.. members.Added, .. members.Removed]));
        var comes = added.ExceptBy(present.Select(member => member.Id), member => member.Id).ToList();
        var leaves = members.Replace
            ? present.ExceptBy(members.Added.Append(LocalIn(group)), member => member.Id).ToList()
            : present.IntersectBy(members.Removed, member => member.Id).ToList();
        if (leaves.Exists(member => member.Id == LocalIn(group)))
        {
            throw Refused($"The user '{BuiltIn.Local}' of a server without sign-in cannot be removed from '{BuiltIn.Admins}'.");
        }

        if (comes.Count > 0)
        {
            await AddAsync(session, group, comes);
        }

        if (leaves.Count > 0)
        {
            await Administrators.KeepOneAsync(session, async () => await session.ExecuteAsync(
                $"DELETE FROM group_members WHERE group_id = $1 AND {session.Dialect.In("member_id", 2)}", group.Id, SqlValue.List([.. leaves.Select(member => member.Id)])));
        }

        await WriteEventsAsync(session, change, group.Name, comes, leaves);
        return comes.Count + leaves.Count > 0;
    }

    /// <summary>Takes a principal out of all groups, and of a group all members.</summary>
    public static async ValueTask DeleteAllOfAsync(SqlSession session, Principal principal, Change change)
    {
        var groups = await session.ListAsync(
            "SELECT p.name FROM group_members m JOIN principals p ON p.id = m.group_id WHERE m.member_id = $1 ORDER BY p.name_key", static row => row.Text(0), principal.Id);
        var members = await session.ListAsync(Present, Read, principal.Id);
        await session.ExecuteAsync("DELETE FROM group_members WHERE group_id = $1 OR member_id = $1", principal.Id);
        foreach (var group in groups)
        {
            await WriteEventsAsync(session, change, group, [], [new(principal.Id, principal.Kind, principal.Name)]);
        }

        await WriteEventsAsync(session, change, principal.Name, [], members);
    }

    private static async ValueTask AddAsync(SqlSession session, Principal group, List<Member> comes)
    {
        if (comes.Exists(member => member.Id == BuiltIn.UsersId))
        {
            throw Refused($"'{BuiltIn.Users}' contains all users and cannot be a member of a group.");
        }

        if (comes.Where(member => member.Kind == PrincipalKind.Group).ToList() is { Count: > 0 } groups)
        {
            await GroupLevels.CheckAsync(session, group, groups);
        }

        await session.InsertManyAsync(Insert, comes.SelectMany(member => new SqlValue[] { group.Id, member.Id }).ToArray());
        var full = await session.FirstAsync<string?>(
            $"""
            SELECT p.name FROM principals p WHERE {session.Dialect.In("p.id", 1)}
            AND (SELECT COUNT(*) FROM group_members m WHERE m.member_id = p.id) > {IdentityLimits.GroupsOfMember} ORDER BY p.name_key LIMIT 1
            """,
            static row => row.Text(0), null, SqlValue.List([.. comes.Select(member => member.Id)]));
        if (full is not null)
        {
            throw ProtocolException.Invalid(
                $"'{full}' is in {IdentityLimits.GroupsOfMember} groups directly, which is the maximum. Nest groups instead.");
        }
    }

    private static async ValueTask<List<Member>> NamedAsync(SqlSession session, IReadOnlyList<long> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var found = await session.ListAsync($"SELECT p.id, p.kind, p.name FROM principals p WHERE {session.Dialect.In("p.id", 1)}", Read, SqlValue.List(ids));
        return ids.Except(found.Select(member => member.Id)).ToList() is { Count: > 0 } missing
            ? throw ProtocolException.Invalid($"No user, group or service principal with id {missing[0]} found.")
            : found;
    }

    private static async ValueTask WriteEventsAsync(SqlSession session, Change change, string group, List<Member> comes, List<Member> leaves)
    {
        var fields = comes.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => new FieldChange("members", null, member.Name))
            .Concat(leaves.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => new FieldChange("members", member.Name, null)));
        foreach (var some in fields.Chunk(NamesOfEvent))
        {
            await EventWriter.WriteAsync(session, change, EventAction.GroupChangeMembers, group, EventDetail.Changes(some));
        }
    }

    // It stays when the members of admins are replaced: no identity provider knows it.
    private static long LocalIn(Principal group) => group.Id == BuiltIn.AdminsId ? BuiltIn.LocalId : 0;

    private static Member Read(SqlRow row) => new(row.Integer(0), (PrincipalKind)row.Integer(1), row.Text(2));

    private static ProtocolException Refused(string message) => new(ErrorCode.InvalidState, message);

    internal sealed record Member(long Id, PrincipalKind Kind, string Name);
}
