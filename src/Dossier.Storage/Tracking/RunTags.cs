using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>Sets tags of a run.</summary>
internal static class RunTags
{
    public static BulkInsert Insert { get; } = new("run_tags", "ON CONFLICT (run_id, key) DO UPDATE SET value = excluded.value",
        new BulkColumn("run_id", SqlKind.Integer), new BulkColumn("key", SqlKind.Text), new BulkColumn("value", SqlKind.Text));

    /// <summary>Sets the tags, whose keys are unique, and gives what that changed.</summary>
    public static async ValueTask<List<FieldChange>> SetAsync(SqlSession session, long run, IReadOnlyList<Tag> tags)
    {
        if (tags.Count == 0)
        {
            return [];
        }

        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        await session.ForEachAsync($"SELECT key, value FROM run_tags WHERE run_id = $1 AND {session.Dialect.In("key", 2)}",
            row => before.Add(row.Text(0), row.Text(1)), run, SqlValue.List([.. tags.Select(static tag => tag.Key)]));
        var changes = new List<FieldChange>(tags.Count);
        var rows = new List<SqlValue>(tags.Count * 3);
        foreach (var tag in tags)
        {
            var old = before.GetValueOrDefault(tag.Key);
            if (old != tag.Value)
            {
                changes.Add(new FieldChange($"tags.{tag.Key}", old, tag.Value));
                rows.AddRange([run, tag.Key, tag.Value]);
            }
        }

        await session.InsertManyAsync(Insert, rows.ToArray());
        return changes;
    }
}
