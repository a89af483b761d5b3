using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0001;

/// <summary>
/// Registered models and their versions. <c>public_id</c> of a model stays when it is renamed; <c>last_version</c> counts versions,
/// also deleted ones; <c>run_id</c> and <c>logged_model_id</c> of a version are public ids, which may name things on another server.
/// </summary>
internal static class RegistryTables
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
        CREATE TABLE registered_models (
            id {d.Identity},
            public_id {d.Text} NOT NULL UNIQUE,
            name {d.Text} NOT NULL UNIQUE,
            user_id {d.Text} NOT NULL,
            description {d.Text},
            last_version BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL)
        """,
        $"""
        CREATE TABLE registered_model_tags (
            model_id BIGINT NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL,
            PRIMARY KEY (model_id, key)) {d.ClusteredByKey}
        """,
        $"""
        CREATE TABLE model_aliases (
            model_id BIGINT NOT NULL, alias {d.Text} NOT NULL, version BIGINT NOT NULL,
            PRIMARY KEY (model_id, alias)) {d.ClusteredByKey}
        """,
        $"""
        CREATE TABLE model_versions (
            id {d.Identity},
            model_id BIGINT NOT NULL REFERENCES registered_models (id),
            version BIGINT NOT NULL,
            user_id {d.Text} NOT NULL,
            stage {d.Text} NOT NULL,
            description {d.Text},
            source {d.Text} NOT NULL,
            download_uri {d.Text} NOT NULL,
            run_id {d.Text},
            run_link {d.Text},
            logged_model_id {d.Text},
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL,
            UNIQUE (model_id, version))
        """,
        "CREATE INDEX model_versions_by_stage ON model_versions (model_id, stage, version)",
        "CREATE INDEX model_versions_by_update ON model_versions (updated_at)",
        "CREATE INDEX model_versions_by_run ON model_versions (run_id)",
        $"""
        CREATE TABLE model_version_tags (
            version_id BIGINT NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL,
            PRIMARY KEY (version_id, key)) {d.ClusteredByKey}
        """,
    ];
}
