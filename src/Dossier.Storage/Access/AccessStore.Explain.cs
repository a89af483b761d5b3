using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>Explains what a principal may do by the grants that it has.</summary>
internal sealed partial class AccessStore
{
    // Every membership on the way up from the principal.
    private const string Memberships =
        """
        WITH RECURSIVE held (id) AS (
            SELECT CAST($1 AS BIGINT)
            UNION SELECT m.group_id FROM held h JOIN group_members m ON m.member_id = h.id)
        SELECT m.member_id, m.group_id, p.name FROM held h JOIN group_members m ON m.member_id = h.id JOIN principals p ON p.id = m.group_id ORDER BY p.name
        """;

    public Task<IReadOnlyList<GrantPath>?> ExplainAsync(AccessObject target, long principalId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<GrantPath>?>(async session =>
    {
        if (await GrantTarget.FindAsync(session, target) is not { } found)
        {
            return null;
        }

        var ways = await WaysAsync(session, principalId);
        return
        [
            .. from grant in await HeldGrant.AllAsync(session, found)
               where ways.ContainsKey(grant.PrincipalId)
               orderby grant.Level descending, grant.From is not null, ways[grant.PrincipalId].Length
               select new GrantPath
               {
                   PermissionLevel = grant.Level.Name(),
                   ObjectId = grant.From ?? found.ObjectId,
                   ObjectName = grant.FromText ?? found.Text,
                   Inherited = grant.From is not null,
                   ThroughGroups = ways[grant.PrincipalId] is { Length: > 0 } groups ? groups : null,
                   GrantedBy = grant.GrantedBy,
                   GrantedAt = grant.At,
               },
        ];
    }, cancel);

    /// <summary>The principal and all its groups, each with the shortest way to it: the groups from there to the principal.</summary>
    private static async ValueTask<Dictionary<long, string[]>> WaysAsync(SqlSession session, long principalId)
    {
        var groups = (await session.ListAsync(Memberships, static row => (Member: row.Integer(0), Group: row.Integer(1), Name: row.Text(2)), principalId))
            .ToLookup(one => one.Member);
        var ways = new Dictionary<long, string[]> { [principalId] = [] };
        var open = new Queue<long>([principalId]);
        while (open.TryDequeue(out var member))
        {
            foreach (var (_, group, name) in groups[member])
            {
                if (ways.TryAdd(group, [name, .. ways[member]]))
                {
                    open.Enqueue(group);
                }
            }
        }

        // Everybody is in it, without being listed.
        ways.TryAdd(BuiltIn.UsersId, [BuiltIn.Users]);
        return ways;
    }
}
