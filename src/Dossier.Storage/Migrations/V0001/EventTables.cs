using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0001;

/// <summary>The stream of changes that the audit log reads.</summary>
internal static class EventTables
{
    public static async ValueTask CreateAsync(SqlSession session) => await session.ExecuteAsync(
        $"""
        CREATE TABLE events (
            id {session.Dialect.Identity},
            at BIGINT NOT NULL,
            principal {session.Dialect.Text} NOT NULL,
            action {session.Dialect.Text} NOT NULL,
            object_type {session.Dialect.Text} NOT NULL,
            object_id {session.Dialect.Text} NOT NULL,
            detail {session.Dialect.Text} NOT NULL)
        """);
}
