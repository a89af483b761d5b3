using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0001;

/// <summary>
/// Experiments, runs and what is logged to them. Integer keys inside, public ids outside. The large tables lie in the order in which
/// they are read, and have no foreign keys: runs are marked as deleted, never removed, so there is nothing to keep watch over.
/// </summary>
internal static class TrackingTables
{
    public static async ValueTask CreateAsync(SqlSession session, MigrationContext context)
    {
        foreach (var statement in Statements(session.Dialect))
        {
            await session.ExecuteAsync(statement);
        }

        var now = context.Now;
        await session.ExecuteAsync(
            "INSERT INTO experiments (public_id, number, name, artifact_location, deleted, created_at, updated_at) VALUES ('0', 0, 'Default', $1, 0, $2, $2)",
            $"{context.ArtifactRoot.TrimEnd('/')}/0", now);
        await session.ExecuteAsync(
            "INSERT INTO events (at, principal, action, object_type, object_id, detail) VALUES ($1, 'dossier', 'experiment.create', 'experiment', '0', $2)",
            now, """{"changes":[{"field":"name","from":null,"to":"Default"}]}""");
    }

    private static IEnumerable<string> Statements(Dialect d) =>
    [
        // number: the public id as a number where it is one, so that the next free id is one look into the index.
        $"""
        CREATE TABLE experiments (
            id {d.Identity},
            public_id {d.Text} NOT NULL UNIQUE,
            number BIGINT UNIQUE,
            name {d.Text} NOT NULL UNIQUE,
            artifact_location {d.Text} NOT NULL,
            deleted BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL)
        """,
        $"""
        CREATE TABLE experiment_tags (
            id {d.Identity}, experiment_id BIGINT NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL,
            UNIQUE (experiment_id, key))
        """,
        $"""
        CREATE TABLE runs (
            id {d.Identity},
            public_id {d.Text} NOT NULL UNIQUE,
            experiment_id BIGINT NOT NULL REFERENCES experiments (id),
            name {d.Text} NOT NULL,
            user_id {d.Text},
            status {d.Text} NOT NULL,
            start_time BIGINT NOT NULL,
            end_time BIGINT,
            artifact_uri {d.Text} NOT NULL,
            deleted BIGINT NOT NULL,
            deleted_with_experiment BIGINT NOT NULL)
        """,
        "CREATE INDEX runs_by_start ON runs (experiment_id, start_time DESC, public_id)",
        $"CREATE TABLE metric_keys (id {d.Identity}, name {d.Text} NOT NULL UNIQUE)",

        // A NaN is is_nan = 1 with value 0: SQLite would store it as NULL, which a primary key can't hold.
        $"""
        CREATE TABLE metric_points (
            run_id BIGINT NOT NULL, key_id BIGINT NOT NULL, ts BIGINT NOT NULL, step BIGINT NOT NULL,
            value DOUBLE PRECISION NOT NULL, is_nan BIGINT NOT NULL,
            PRIMARY KEY (run_id, key_id, ts, step, value, is_nan)) {d.ClusteredByKey}
        """,
        $"CREATE TABLE metric_backlog (id {d.Identity}, run_id BIGINT NOT NULL, digest BIGINT NOT NULL, points {d.Bytes} NOT NULL)",
        "CREATE INDEX metric_backlog_by_run ON metric_backlog (run_id, digest)",
        $"""
        CREATE TABLE latest_metrics (
            run_id BIGINT NOT NULL, key_id BIGINT NOT NULL, step BIGINT NOT NULL, ts BIGINT NOT NULL,
            value DOUBLE PRECISION NOT NULL, is_nan BIGINT NOT NULL,
            PRIMARY KEY (run_id, key_id)) {d.ClusteredByKey}
        """,
        $"""
        CREATE TABLE logged_model_metrics (
            model_id {d.Text} NOT NULL, key_id BIGINT NOT NULL, dataset_name {d.Text} NOT NULL, dataset_digest {d.Text} NOT NULL,
            run_id BIGINT NOT NULL, step BIGINT NOT NULL, ts BIGINT NOT NULL, value DOUBLE PRECISION NOT NULL, is_nan BIGINT NOT NULL,
            PRIMARY KEY (model_id, key_id, dataset_name, dataset_digest, run_id, step, ts, value, is_nan)) {d.ClusteredByKey}
        """,
        $"""
        CREATE TABLE params (
            run_id BIGINT NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL,
            PRIMARY KEY (run_id, key)) {d.ClusteredByKey}
        """,
        $"""
        CREATE TABLE run_tags (
            run_id BIGINT NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL,
            PRIMARY KEY (run_id, key)) {d.ClusteredByKey}
        """,
        $"""
        CREATE TABLE datasets (
            id {d.Identity},
            experiment_id BIGINT NOT NULL REFERENCES experiments (id),
            name {d.Text} NOT NULL,
            digest {d.Text} NOT NULL,
            source_type {d.Text},
            source {d.Text},
            schema {d.Text},
            profile {d.Text},
            UNIQUE (experiment_id, name, digest))
        """,
        $"""
        CREATE TABLE dataset_inputs (
            id {d.Identity},
            run_id BIGINT NOT NULL REFERENCES runs (id),
            dataset_id BIGINT NOT NULL REFERENCES datasets (id),
            UNIQUE (run_id, dataset_id))
        """,
        "CREATE INDEX dataset_inputs_by_dataset ON dataset_inputs (dataset_id)",
        $"""
        CREATE TABLE dataset_input_tags (
            input_id BIGINT NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL,
            PRIMARY KEY (input_id, key)) {d.ClusteredByKey}
        """,
        $"""
        CREATE TABLE model_inputs (
            run_id BIGINT NOT NULL, model_id {d.Text} NOT NULL,
            PRIMARY KEY (run_id, model_id)) {d.ClusteredByKey}
        """,
        $"""
        CREATE TABLE model_outputs (
            run_id BIGINT NOT NULL, model_id {d.Text} NOT NULL, step BIGINT NOT NULL,
            PRIMARY KEY (run_id, model_id)) {d.ClusteredByKey}
        """,
    ];
}
