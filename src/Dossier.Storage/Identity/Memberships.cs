using Dossier.Core.Identity;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <summary>Reads who is directly in which group.</summary>
internal static class Memberships
{
    // A page ends before the principal with which it would have more: ten thousand may be in each of a thousand groups.
    private const long MostOfPage = 100_000;

    /// <summary>Adds groups and members to the principals, from the first on until the bound is reached, and to at least one.</summary>
    public static async ValueTask<IReadOnlyList<Principal>> AddAsync(SqlSession session, IReadOnlyList<Principal> principals, bool withGroups, bool withMembers)
    {
        var some = withGroups ? await BoundedAsync(session, principals, "member_id") : principals;
        some = withMembers ? await BoundedAsync(session, some, "group_id") : some;
        var groups = withGroups ? await ReadAsync(session, some, "member_id", "group_id") : null;
        var members = withMembers ? await ReadAsync(session, some, "group_id", "member_id") : null;
        return groups is null && members is null ? some : [.. some.Select(one => one with { Groups = groups?[one.Id].ToList(), Members = members?[one.Id].ToList() })];
    }

    private static async ValueTask<IReadOnlyList<Principal>> BoundedAsync(SqlSession session, IReadOnlyList<Principal> principals, string of)
    {
        if (principals.Count <= 1)
        {
            return principals;
        }

        var counts = new Dictionary<long, long>();
        await session.ForEachAsync(
            $"SELECT {of}, COUNT(*) FROM group_members WHERE {session.Dialect.In(of, 1)} GROUP BY {of}", row => counts[row.Integer(0)] = row.Integer(1), Ids(principals));
        var sum = 0L;
        var fitting = principals.TakeWhile(one => (sum += counts.GetValueOrDefault(one.Id)) <= MostOfPage).Count();
        return [.. principals.Take(Math.Max(1, fitting))];
    }

    private static async ValueTask<ILookup<long, PrincipalRef>> ReadAsync(SqlSession session, IReadOnlyList<Principal> principals, string of, string other)
    {
        var rows = await session.ListAsync(
            $"""
            SELECT m.{of}, p.id, p.kind, p.name, p.display_name FROM group_members m JOIN principals p ON p.id = m.{other}
            WHERE {session.Dialect.In($"m.{of}", 1)} ORDER BY p.kind, p.name_key
            """,
            static row => (Of: row.Integer(0), Ref: new PrincipalRef(row.Integer(1), (Core.Access.PrincipalKind)row.Integer(2), row.Text(3), row.TextOrNull(4))),
            Ids(principals));
        return rows.ToLookup(row => row.Of, row => row.Ref);
    }

    private static SqlValue Ids(IReadOnlyList<Principal> principals) => SqlValue.List([.. principals.Select(one => one.Id)]);
}
