using Dossier.Core.Access;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>
/// Principals and who is in which group. <c>name_key</c> is the name in lower case: names that differ in case alone are one;
/// <c>display_key</c> and <c>email_key</c> are for finding without regard to case. A deleted principal's id is never given again.
/// </summary>
internal static class IdentityTables
{
    public static async ValueTask CreateAsync(SqlSession session, MigrationContext context)
    {
        foreach (var statement in Statements(session.Dialect))
        {
            await session.ExecuteAsync(statement);
        }

        foreach (var (id, kind, name) in new[]
        {
            (BuiltIn.AdminsId, PrincipalKind.Group, BuiltIn.Admins),
            (BuiltIn.UsersId, PrincipalKind.Group, BuiltIn.Users),
            (BuiltIn.LocalId, PrincipalKind.User, BuiltIn.Local),
        })
        {
            await session.ExecuteAsync(
                "INSERT INTO principals (id, kind, name, name_key, active, created_at, updated_at) VALUES ($1, $2, $3, $3, 1, $4, $4)",
                id, (long)kind, name, context.Now);
        }

        await session.ExecuteAsync("INSERT INTO group_members (group_id, member_id) VALUES ($1, $2)", BuiltIn.AdminsId, BuiltIn.LocalId);
        await session.ExecuteAsync(session.Dialect.RestartIdentity("principals"));
    }

    private static IEnumerable<string> Statements(Dialect d) =>
    [
        $"""
        CREATE TABLE principals (
            id {d.LastingIdentity},
            kind BIGINT NOT NULL,
            name {d.Text} NOT NULL,
            name_key {d.Text} NOT NULL,
            display_name {d.Text},
            display_key {d.Text},
            given_name {d.Text},
            family_name {d.Text},
            email {d.Text},
            email_key {d.Text},
            external_id {d.Text},
            active BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL,
            UNIQUE (kind, name_key))
        """,
        $"CREATE TABLE group_members (group_id BIGINT NOT NULL, member_id BIGINT NOT NULL, PRIMARY KEY (group_id, member_id)) {d.ClusteredByKey}",
        "CREATE INDEX group_members_by_member ON group_members (member_id)",
    ];
}
