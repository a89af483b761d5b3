using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>The statements that read what belongs to runs, for one run or a list of them: one for each kind of detail.</summary>
internal sealed class RunDetailStatements(Func<string, string> ofRuns)
{
    public static RunDetailStatements ForOne { get; } = new(static column => $"{column} = $1");

    public string Metrics { get; } = $"SELECT run_id, key_id, step, ts, value, is_nan FROM latest_metrics WHERE {ofRuns("run_id")} ORDER BY run_id";

    public string Params { get; } = $"SELECT run_id, key, value FROM params WHERE {ofRuns("run_id")} ORDER BY run_id, key";

    public string Tags { get; } = $"SELECT run_id, key, value FROM run_tags WHERE {ofRuns("run_id")} ORDER BY run_id, key";

    public string Datasets { get; } =
        $"""
        SELECT i.run_id, i.id, d.name, d.digest, d.source_type, d.source, d.schema, d.profile, t.key, t.value
        FROM dataset_inputs i
        JOIN datasets d ON d.id = i.dataset_id
        LEFT JOIN dataset_input_tags t ON t.input_id = i.id
        WHERE {ofRuns("i.run_id")}
        ORDER BY i.run_id, i.id, t.key
        """;

    public string Models { get; } =
        $"""
        SELECT run_id, 0, model_id, 0 FROM model_inputs WHERE {ofRuns("run_id")}
        UNION ALL
        SELECT run_id, 1, model_id, step FROM model_outputs WHERE {ofRuns("run_id")}
        ORDER BY 1, 2, 4, 3
        """;

    public static RunDetailStatements ForMany(Dialect dialect) => new(column => dialect.In(column, 1));
}
