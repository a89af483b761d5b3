using System.Collections.Concurrent;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>Metric keys as integers. Keys are never removed, so what was committed once may be remembered for good.</summary>
internal sealed class MetricKeys
{
    // A bound on memory, not on keys: further ones are looked up in the database each time.
    private const int MostRemembered = 100_000;
    private static readonly BulkInsert Insert = new("metric_keys", "ON CONFLICT DO NOTHING", new BulkColumn("name", SqlKind.Text));
    private readonly ConcurrentDictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, string> _names = new();

    /// <summary>The ids of these distinct keys, in their order; makes those that are new.</summary>
    public async ValueTask<long[]> IdsAsync(SqlSession session, IReadOnlyList<string> keys)
    {
        var ids = new long[keys.Count];
        var complete = true;
        for (var index = 0; index < ids.Length; index++)
        {
            complete &= _ids.TryGetValue(keys[index], out ids[index]);
        }

        return complete ? ids : await LookUpAsync(session, keys);
    }

    /// <summary>The names of these ids.</summary>
    public async ValueTask<IReadOnlyDictionary<long, string>> NamesAsync(SqlSession session, IReadOnlySet<long> ids)
    {
        var names = new Dictionary<long, string>(ids.Count);
        var missing = new List<long>();
        foreach (var id in ids)
        {
            if (_names.TryGetValue(id, out var name))
            {
                names.Add(id, name);
            }
            else
            {
                missing.Add(id);
            }
        }

        if (missing.Count > 0)
        {
            await session.ForEachAsync($"SELECT id, name FROM metric_keys WHERE {session.Dialect.In("id", 1)}", row =>
            {
                names.Add(row.Integer(0), row.Text(1));
                Remember(row.Integer(0), names[row.Integer(0)]);
            }, SqlValue.List(missing));
        }

        return names;
    }

    private async ValueTask<long[]> LookUpAsync(SqlSession session, IReadOnlyList<string> keys)
    {
        // Ordered, so that two transactions that make the same keys wait for each other in one direction only.
        await session.InsertManyAsync(Insert, keys.Order(StringComparer.Ordinal).Select(key => (SqlValue)key).ToArray());
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        await session.ForEachAsync($"SELECT id, name FROM metric_keys WHERE {session.Dialect.In("name", 1)}",
            row => found[row.Text(1)] = row.Integer(0), SqlValue.List(keys));
        session.AfterCommit(() =>
        {
            foreach (var (name, id) in found)
            {
                Remember(id, name);
            }
        });
        return [.. keys.Select(key => found[key])];
    }

    private void Remember(long id, string name)
    {
        if (_ids.Count < MostRemembered)
        {
            _ids[name] = id;
            _names[id] = name;
        }
    }
}
