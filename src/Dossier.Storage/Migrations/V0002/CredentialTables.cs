using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>Passwords and tokens.</summary>
internal static class CredentialTables
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
