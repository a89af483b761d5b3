using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Storage.Access;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <inheritdoc cref="IIdentityStore"/>
internal sealed partial class IdentityStore(SqlDatabase database, AccessVersion version) : IIdentityStore
{
    public Task<Principal?> FindAsync(long id, CancellationToken cancel) => database.ReadAsync(session => PrincipalRow.FindAsync(session, id), cancel);

    public Task<Principal?> FindAsync(PrincipalKind kind, string name, CancellationToken cancel) =>
        database.ReadAsync(session => PrincipalRow.FindAsync(session, kind, name), cancel);

    public Task<bool> HasAdministratorAsync(CancellationToken cancel) => database.ReadAsync(Administrators.AnyAsync, cancel);

    public Task<Principal?> GetAsync(PrincipalKind kind, long id, bool withMembers, CancellationToken cancel) => database.ReadAsync(async session =>
        await PrincipalRow.FindAsync(session, id) is { } found && found.Kind == kind
            ? (await Memberships.AddAsync(session, [found], withGroups: true, withMembers))[0]
            : null, cancel);

    public Task<PrincipalPage> ListAsync(PrincipalQuery query, CancellationToken cancel) => database.ReadAsync(session => PrincipalSearch.RunAsync(session, query), cancel);

    public Task<Caller?> FindCallerAsync(long principalId, CancellationToken cancel) => database.ReadAsync(async session =>
    {
        var (kind, name) = (PrincipalKind.User, "");
        var ids = new List<long> { BuiltIn.UsersId };
        await session.ForEachAsync(
            """
            WITH RECURSIVE groups (id) AS (
                SELECT $1
                UNION SELECT m.group_id FROM groups g JOIN group_members m ON m.member_id = g.id)
            SELECT g.id, p.kind, p.name FROM groups g JOIN principals p ON p.id = $1 AND p.active = 1 AND p.kind <> 2
            """,
            row =>
            {
                ids.Add(row.Integer(0));
                (kind, name) = ((PrincipalKind)row.Integer(1), row.Text(2));
            },
            principalId);
        return name.Length == 0 ? null : new Caller { Id = principalId, Kind = kind, Name = name, PrincipalIds = [.. ids.Distinct().Order()] };
    }, cancel);
}
