using Dossier.Core.Identity;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>Passwords, tokens and secrets, as hashes, and which memberships the identity provider gave. <c>kind</c> is <see cref="TokenKind"/>; a token without <c>expires_at</c> never ends. Who is deleted has none.</summary>
internal static class CredentialTables
{
    public static async ValueTask CreateAsync(SqlSession session)
    {
        foreach (var statement in Statements(session.Dialect))
        {
            await session.ExecuteAsync(statement);
        }
    }

    private static IEnumerable<string> Statements(Dialect d) =>
    [
        $"""
        CREATE TABLE tokens (
            id {d.Identity},
            public_id {d.Text} NOT NULL UNIQUE,
            kind BIGINT NOT NULL,
            hash {d.Bytes} NOT NULL UNIQUE,
            owner_id BIGINT NOT NULL REFERENCES principals (id) ON DELETE CASCADE,
            created_by BIGINT NOT NULL,
            comment {d.Text},
            created_at BIGINT NOT NULL,
            expires_at BIGINT,
            last_used_at BIGINT)
        """,
        "CREATE INDEX tokens_by_owner ON tokens (owner_id, kind)",
        "CREATE INDEX tokens_by_end ON tokens (expires_at)",
        $"""
        CREATE TABLE passwords (
            principal_id BIGINT NOT NULL PRIMARY KEY REFERENCES principals (id) ON DELETE CASCADE,
            hash {d.Text} NOT NULL,
            one_time BIGINT NOT NULL,
            changed_at BIGINT NOT NULL)
        """,
        $"""
        CREATE TABLE client_secrets (
            id {d.Identity},
            public_id {d.Text} NOT NULL UNIQUE,
            hash {d.Bytes} NOT NULL UNIQUE,
            principal_id BIGINT NOT NULL REFERENCES principals (id) ON DELETE CASCADE,
            created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            last_used_at BIGINT)
        """,
        "CREATE INDEX client_secrets_by_principal ON client_secrets (principal_id)",
        $"""
        CREATE TABLE provider_groups (
            user_id BIGINT NOT NULL REFERENCES principals (id) ON DELETE CASCADE,
            group_id BIGINT NOT NULL REFERENCES principals (id) ON DELETE CASCADE,
            PRIMARY KEY (user_id, group_id)) {d.ClusteredByKey}
        """,
    ];
}
