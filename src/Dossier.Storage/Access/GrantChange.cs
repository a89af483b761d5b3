using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Identity;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>A direct grant before and after; <see cref="PermissionLevel.NoPermissions"/> where there was or is none.</summary>
internal sealed record GrantChange(long PrincipalId, PrincipalKind Kind, string Name, PermissionLevel From, PermissionLevel To)
{
    /// <summary>The changes that lead from the direct grants of an object to those asked for, in the order of their events.</summary>
    /// <param name="session">The transaction, which keeps all other changes of access off.</param>
    /// <param name="target">The object.</param>
    /// <param name="grants">What is asked for, each principal once.</param>
    /// <param name="replace">Whether all others go.</param>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>: there is no such principal.</exception>
    public static async ValueTask<IReadOnlyList<GrantChange>> PlanAsync(SqlSession session, GrantTarget target, IReadOnlyList<Grant> grants, bool replace)
    {
        var changes = new Dictionary<long, GrantChange>();
        foreach (var held in await HeldGrant.DirectAsync(session, target))
        {
            changes.Add(held.PrincipalId, new(held.PrincipalId, held.Kind, held.Name, held.Level, replace ? PermissionLevel.NoPermissions : held.Level));
        }

        var principals = await PrincipalsAsync(session, grants);
        foreach (var grant in grants)
        {
            if (!principals.TryGetValue((grant.Kind, PrincipalRow.KeyOf(grant.Name)), out var principal))
            {
                throw ProtocolException.NotFound($"There is no {PrincipalRow.Word(grant.Kind)} '{TextRules.Excerpt(grant.Name)}'.");
            }

            changes[principal.Id] = new(
                principal.Id, grant.Kind, principal.Name, changes.TryGetValue(principal.Id, out var before) ? before.From : PermissionLevel.NoPermissions, grant.Level);
        }

        return [.. changes.Values.Where(one => one.From != one.To).OrderBy(one => one.Kind).ThenBy(one => one.Name, StringComparer.Ordinal)];
    }

    /// <summary>Makes the change, with its event.</summary>
    public async ValueTask ApplyAsync(SqlSession session, GrantObject target, Change change)
    {
        if (To == PermissionLevel.NoPermissions)
        {
            await session.ExecuteAsync(
                "DELETE FROM grants WHERE object_type = $1 AND object_id = $2 AND principal_id = $3", target.Rules.Number, target.Key, PrincipalId);
        }
        else
        {
            await session.ExecuteAsync(
                """
                INSERT INTO grants (object_type, object_id, principal_id, level, granted_by, at) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (object_type, object_id, principal_id) DO UPDATE SET level = excluded.level, granted_by = excluded.granted_by, at = excluded.at
                """,
                target.Rules.Number, target.Key, PrincipalId, (long)To, change.Principal, change.At);
        }

        await WriteEventAsync(session, target, change);
    }

    /// <summary>Writes the event alone.</summary>
    public async ValueTask WriteEventAsync(SqlSession session, GrantObject target, Change change) =>
        await EventWriter.WriteAsync(session, change, EventAction.Grant(target.Rules), target.EventId, target.EventKey, EventDetail.Changes(
            new FieldChange($"grants.{EventAction.ObjectTypeOf(Kind)}:{Name}", NameOf(From), NameOf(To))));

    private static string? NameOf(PermissionLevel level) => level == PermissionLevel.NoPermissions ? null : level.Name();

    private static async ValueTask<Dictionary<(PrincipalKind Kind, string Key), (long Id, string Name)>> PrincipalsAsync(SqlSession session, IReadOnlyList<Grant> grants)
    {
        var found = new Dictionary<(PrincipalKind, string), (long, string)>();
        await session.ForEachAsync(
            $"SELECT p.id, p.kind, p.name, p.name_key FROM principals p WHERE {session.Dialect.In("p.name_key", 1)}",
            row => found.Add(((PrincipalKind)row.Integer(1), row.Text(3)), (row.Integer(0), row.Text(2))),
            SqlValue.List([.. grants.Select(grant => PrincipalRow.KeyOf(grant.Name)).Distinct()]));
        return found;
    }
}
