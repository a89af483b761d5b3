using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>Transition requests, comments and activities of model versions.</summary>
internal static class ReviewTables
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
