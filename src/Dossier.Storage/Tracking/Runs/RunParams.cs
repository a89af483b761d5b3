using Dossier.Core.Secrets;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>Logs params of a run: each is written once and never changed.</summary>
internal static class RunParams
{
    private static readonly BulkInsert Insert = new("params", "ON CONFLICT DO NOTHING",
        new BulkColumn("run_id", SqlKind.Integer), new BulkColumn("key", SqlKind.Text), new BulkColumn("value", SqlKind.Text));

    /// <summary>Adds the params, whose keys are unique, and returns how many are new.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>: one was logged before with another value.</exception>
    public static async ValueTask<int> WriteAsync(SqlSession session, long run, string runId, IReadOnlyList<Param> parameters)
    {
        if (parameters.Count == 0)
        {
            return 0;
        }

        var rows = new SqlValue[parameters.Count * 3];
        for (var index = 0; index < parameters.Count; index++)
        {
            (rows[index * 3], rows[(index * 3) + 1], rows[(index * 3) + 2]) = (run, parameters[index].Key, parameters[index].Value);
        }

        var added = await session.InsertManyAsync(Insert, rows);
        if (added < parameters.Count)
        {
            await RefuseOtherValuesAsync(session, run, runId, parameters);
        }

        return added;
    }

    private static async ValueTask RefuseOtherValuesAsync(SqlSession session, long run, string runId, IReadOnlyList<Param> parameters)
    {
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        await session.ForEachAsync($"SELECT key, value FROM params WHERE run_id = $1 AND {session.Dialect.In("key", 2)}",
            row => stored.Add(row.Text(0), row.Text(1)), run, SqlValue.List([.. parameters.Select(static one => one.Key)]));
        foreach (var (key, value) in parameters)
        {
            if (stored[key] != value)
            {
                throw ProtocolException.Invalid(
                    $"Changing param values is not allowed. Param with key='{key}' was already logged with value='{Shown(key, stored[key])}' for run ID='{runId}'. Attempted logging new value '{Shown(key, value)}'.");
            }
        }
    }

    private static string Shown(string key, string value) => Redaction.Of(SecretNames.Hide(key, value)!);
}
