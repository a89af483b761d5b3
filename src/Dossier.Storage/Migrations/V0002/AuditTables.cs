using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>The index of events by object, and the seals of their hash chain.</summary>
internal static class AuditTables
{
    public static async ValueTask CreateAsync(SqlSession session)
    {
        foreach (var statement in Statements(session.Dialect))
        {
            await session.ExecuteAsync(statement);
        }
    }

    private static IEnumerable<string> Statements(Dialect d) => [];
}
