using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0001;

/// <summary>Logged models; their metrics lie in <c>logged_model_metrics</c>. <c>source_run_id</c> is a public id.</summary>
internal static class LoggedModelTables
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
        CREATE TABLE logged_models (
            id {d.Identity},
            public_id {d.Text} NOT NULL UNIQUE,
            experiment_id BIGINT NOT NULL REFERENCES experiments (id),
            name {d.Text} NOT NULL,
            artifact_uri {d.Text} NOT NULL,
            status {d.Text} NOT NULL,
            model_type {d.Text} NOT NULL,
            source_run_id {d.Text},
            deleted BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL)
        """,
        "CREATE INDEX logged_models_by_creation ON logged_models (experiment_id, created_at)",
        "CREATE INDEX logged_models_by_name ON logged_models (experiment_id, name)",
        $"""
        CREATE TABLE logged_model_tags (
            model_id BIGINT NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL,
            PRIMARY KEY (model_id, key)) {d.ClusteredByKey}
        """,
        $"""
        CREATE TABLE logged_model_params (
            model_id BIGINT NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL,
            PRIMARY KEY (model_id, key)) {d.ClusteredByKey}
        """,
    ];
}
