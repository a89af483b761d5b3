using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>
/// Transition requests, comments and activities of model versions. Activities outlive the version and the model: they name the model by its public id, which no
/// other model ever gets, and <c>deleted_models</c> tells by which name it was known. A request is its activity, and open as long as its row is there.
/// </summary>
internal static class ReviewTables
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
        CREATE TABLE activities (
            id {d.Identity},
            public_id {d.Text} NOT NULL UNIQUE,
            model_id {d.Text} NOT NULL,
            version BIGINT NOT NULL,
            type {d.Text} NOT NULL,
            user_id {d.Text} NOT NULL,
            from_stage {d.Text},
            to_stage {d.Text},
            comment {d.Text},
            system_comment {d.Text},
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL)
        """,
        "CREATE INDEX activities_by_version ON activities (model_id, version, id)",
        $"""
        CREATE TABLE transition_requests (
            model_id BIGINT NOT NULL, version BIGINT NOT NULL, to_stage {d.Text} NOT NULL, user_id {d.Text} NOT NULL, activity_id BIGINT NOT NULL,
            PRIMARY KEY (model_id, version, to_stage, user_id)) {d.ClusteredByKey}
        """,
        $"CREATE TABLE deleted_models (public_id {d.Text} PRIMARY KEY, name {d.Text} NOT NULL, deleted_at BIGINT NOT NULL)",
        "CREATE INDEX deleted_models_by_name ON deleted_models (name, deleted_at)",
    ];
}
