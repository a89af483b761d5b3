using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <inheritdoc cref="IIdentityStore"/>
internal sealed class IdentityStore(SqlDatabase database, AccessVersion version) : IIdentityStore
{
    private const string Select = "SELECT id, kind, name, display_name, external_id, active, created_at, updated_at FROM principals WHERE ";

    public Task<Principal> CreateAsync(Principal principal, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var id = await session.FirstAsync<long?>(
            """
            INSERT INTO principals (kind, name, name_key, display_name, external_id, active, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (kind, name_key) DO NOTHING RETURNING id
            """,
            static row => row.Integer(0), null, (long)principal.Kind, principal.Name, KeyOf(principal.Name), principal.DisplayName,
            principal.ExternalId, principal.Active, change.At)
            ?? throw ProtocolException.AlreadyExists($"There is a {EventAction.ObjectTypeOf(principal.Kind)} named '{principal.Name}' already.");
        await version.ChangeAsync(session);
        await EventWriter.WriteAsync(session, change, EventAction.PrincipalCreate(principal.Kind), principal.Name, EventDetail.Changes(
            new("display_name", null, principal.DisplayName), new("external_id", null, principal.ExternalId), new("active", null, principal.Active ? "true" : "false")));
        return principal with { Id = id, CreatedAt = change.At, UpdatedAt = change.At };
    }, cancel);

    public Task<Principal?> FindAsync(long id, CancellationToken cancel) => database.ReadAsync(
        session => session.FirstAsync<Principal?>(Select + "id = $1", Read, null, id), cancel);

    public Task<Principal?> FindAsync(PrincipalKind kind, string name, CancellationToken cancel) => database.ReadAsync(
        session => session.FirstAsync<Principal?>(Select + "kind = $1 AND name_key = $2", Read, null, (long)kind, KeyOf(name)), cancel);

    public Task<Caller?> FindCallerAsync(long principalId, CancellationToken cancel) => database.ReadAsync(async session =>
    {
        var (kind, name) = (PrincipalKind.User, "");
        var ids = new List<long> { BuiltIn.UsersId };
        await session.ForEachAsync(
            """
            WITH RECURSIVE groups (id) AS (
                SELECT $1
                UNION SELECT m.group_id FROM groups g JOIN group_members m ON m.member_id = g.id)
            SELECT g.id, p.kind, p.name FROM groups g JOIN principals p ON p.id = $1 AND p.active = 1
            """,
            row =>
            {
                ids.Add(row.Integer(0));
                (kind, name) = ((PrincipalKind)row.Integer(1), row.Text(2));
            },
            principalId);
        return name.Length == 0 ? null : new Caller { Id = principalId, Kind = kind, Name = name, PrincipalIds = [.. ids.Distinct().Order()] };
    }, cancel);

    public Task ChangeMembersAsync(long groupId, IReadOnlyList<long> added, IReadOnlyList<long> removed, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        foreach (var member in added)
        {
            await session.ExecuteAsync("INSERT INTO group_members (group_id, member_id) VALUES ($1, $2) ON CONFLICT (group_id, member_id) DO NOTHING", groupId, member);
        }

        foreach (var member in removed)
        {
            await session.ExecuteAsync("DELETE FROM group_members WHERE group_id = $1 AND member_id = $2", groupId, member);
        }

        await version.ChangeAsync(session);
    }, cancel);

    private static string KeyOf(string name) => name.ToLowerInvariant();

    private static Principal Read(SqlRow row) => new()
    {
        Id = row.Integer(0),
        Kind = (PrincipalKind)row.Integer(1),
        Name = row.Text(2),
        DisplayName = row.TextOrNull(3),
        ExternalId = row.TextOrNull(4),
        Active = row.Truth(5),
        CreatedAt = row.Integer(6),
        UpdatedAt = row.Integer(7),
    };
}
