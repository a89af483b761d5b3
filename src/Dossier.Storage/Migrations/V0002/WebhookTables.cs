using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>Webhooks, how far they have read the events, and their deliveries.</summary>
internal static class WebhookTables
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
