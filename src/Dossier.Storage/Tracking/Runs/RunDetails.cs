using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>Makes whole runs of rows: reads metrics, params, tags, inputs and outputs, each kind with one statement for all the runs.</summary>
internal sealed class RunDetails(Dialect dialect, MetricKeys metricKeys)
{
    private readonly RunDetailStatements _many = RunDetailStatements.ForMany(dialect);

    /// <summary>The runs, in the order of the rows.</summary>
    public async ValueTask<Run[]> CompleteAsync(SqlSession session, IReadOnlyList<RunRow> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var statements = rows.Count == 1 ? RunDetailStatements.ForOne : _many;
        var keys = rows.Count == 1 ? rows[0].Key : SqlValue.List([.. rows.Select(static row => row.Key)]);
        var parts = new RunParts(rows);
        await ReadMetricsAsync(session, statements.Metrics, keys, parts);
        await session.ForEachAsync(statements.Params, row => parts.Of(row).Params.Add(new Param(row.SharedText(1), row.SharedText(2))), keys);
        await session.ForEachAsync(statements.Tags, row => parts.Of(row).Tags.Add(new Tag(row.SharedText(1), row.SharedText(2))), keys);
        await ReadDatasetsAsync(session, statements.Datasets, keys, parts);
        await session.ForEachAsync(statements.Models, row =>
        {
            var part = parts.Of(row);
            if (row.Truth(1))
            {
                (part.Outputs ??= []).Add(new ModelOutput(row.Text(2), row.Integer(3)));
            }
            else
            {
                (part.Inputs ??= []).Add(new ModelInput(row.Text(2)));
            }
        }, keys);
        return parts.ToRuns();
    }

    private async ValueTask ReadMetricsAsync(SqlSession session, string sql, SqlValue keys, RunParts parts)
    {
        var latest = new List<(RunPart Part, long KeyId, Metric Metric)>();
        var ids = new HashSet<long>();
        await session.ForEachAsync(sql, row =>
        {
            var keyId = row.Integer(1);
            ids.Add(keyId);
            latest.Add((parts.Of(row), keyId, MetricRow.Read(row, "", step: 2)));
        }, keys);
        var names = await metricKeys.NamesAsync(session, ids);
        foreach (var (part, keyId, metric) in latest)
        {
            part.Metrics.Add(metric with { Key = names[keyId] });
        }

        parts.SortMetrics();
    }

    private static async ValueTask ReadDatasetsAsync(SqlSession session, string sql, SqlValue keys, RunParts parts)
    {
        var lastInput = -1L;
        var tags = new List<Tag>();
        await session.ForEachAsync(sql, row =>
        {
            if (row.Integer(1) != lastInput)
            {
                lastInput = row.Integer(1);
                tags = [];
                (parts.Of(row).Datasets ??= []).Add(new DatasetInput
                {
                    Tags = tags,
                    Dataset = new Dataset
                    {
                        Name = row.Text(2),
                        Digest = row.Text(3),
                        SourceType = row.TextOrNull(4),
                        Source = row.TextOrNull(5),
                        Schema = row.TextOrNull(6),
                        Profile = row.TextOrNull(7),
                    },
                });
            }

            if (!row.IsNull(8))
            {
                tags.Add(new Tag(row.SharedText(8), row.SharedText(9)));
            }
        }, keys);
    }
}
