using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <summary>How principals lie in their table.</summary>
internal static class PrincipalRow
{
    public const string Columns = "p.id, p.kind, p.name, p.display_name, p.given_name, p.family_name, p.email, p.external_id, p.active, p.created_at, p.updated_at";

    /// <summary>Names that differ in case alone are one.</summary>
    public static string KeyOf(string name) => name.ToLowerInvariant();

    public static Principal Read(SqlRow row) => new()
    {
        Id = row.Integer(0),
        Kind = (PrincipalKind)row.Integer(1),
        Name = row.Text(2),
        DisplayName = row.TextOrNull(3),
        GivenName = row.TextOrNull(4),
        FamilyName = row.TextOrNull(5),
        Email = row.TextOrNull(6),
        ExternalId = row.TextOrNull(7),
        Active = row.Truth(8),
        CreatedAt = row.Integer(9),
        UpdatedAt = row.Integer(10),
    };

    public static ValueTask<Principal?> FindAsync(SqlSession session, long id) =>
        session.FirstAsync<Principal?>($"SELECT {Columns} FROM principals p WHERE p.id = $1", Read, null, id);

    public static ValueTask<Principal?> FindAsync(SqlSession session, PrincipalKind kind, string name) =>
        session.FirstAsync<Principal?>($"SELECT {Columns} FROM principals p WHERE p.kind = $1 AND p.name_key = $2", Read, null, (long)kind, KeyOf(name));

    public static ValueTask<long> InsertAsync(SqlSession session, Principal principal, long at) => session.FirstAsync(
        """
        INSERT INTO principals (kind, name, name_key, display_name, display_key, given_name, family_name, email, email_key, external_id, active, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) RETURNING id
        """,
        static row => row.Integer(0), 0L, (long)principal.Kind, principal.Name, KeyOf(principal.Name), principal.DisplayName, KeyOrNull(principal.DisplayName),
        principal.GivenName, principal.FamilyName, principal.Email, KeyOrNull(principal.Address), principal.ExternalId, principal.Active, at);

    public static ValueTask<int> UpdateAsync(SqlSession session, Principal principal, long at) => session.ExecuteAsync(
        """
        UPDATE principals SET name = $2, name_key = $3, display_name = $4, display_key = $5, given_name = $6, family_name = $7, email = $8, email_key = $9,
            external_id = $10, active = $11, updated_at = $12
        WHERE id = $1
        """,
        principal.Id, principal.Name, KeyOf(principal.Name), principal.DisplayName, KeyOrNull(principal.DisplayName), principal.GivenName,
        principal.FamilyName, principal.Email, KeyOrNull(principal.Address), principal.ExternalId, principal.Active, at);

    /// <summary>The changes of attributes; of a new principal <paramref name="before"/> is null, of a deleted one <paramref name="after"/>.</summary>
    public static List<FieldChange> Changes(Principal? before, Principal? after) =>
    [
        .. new FieldChange[]
        {
            new("name", before?.Name, after?.Name),
            new("display_name", before?.DisplayName, after?.DisplayName),
            new("given_name", before?.GivenName, after?.GivenName),
            new("family_name", before?.FamilyName, after?.FamilyName),
            new("email", before?.Email, after?.Email),
            new("external_id", before?.ExternalId, after?.ExternalId),
            new("active", ActiveText(before), ActiveText(after)),
        }.Where(field => field.From != field.To),
    ];

    public static ProtocolException Taken(PrincipalKind kind, string name) => ProtocolException.AlreadyExists($"A {Word(kind)} named '{name}' already exists.");

    public static ProtocolException Missing(PrincipalKind kind, long id) => ProtocolException.NotFound($"No {Word(kind)} with id {id} found.");

    /// <summary>The kind as people say it.</summary>
    public static string Word(PrincipalKind kind) => EventAction.ObjectTypeOf(kind).Replace('_', ' ');

    private static string? KeyOrNull(string? text) => text is null ? null : KeyOf(text);

    // Groups are neither active nor not.
    private static string? ActiveText(Principal? principal) => principal is null or { Kind: PrincipalKind.Group } ? null : principal.Active ? "true" : "false";
}
