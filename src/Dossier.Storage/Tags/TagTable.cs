using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tags;

/// <summary>A table of tags, or of params of logged models, which are stored the same way.</summary>
/// <param name="table">Its name.</param>
/// <param name="owner">Its column with the owner's key.</param>
internal sealed class TagTable(string table, string owner)
{
    public static readonly TagTable OfExperiments = new("experiment_tags", "experiment_id");
    public static readonly TagTable OfRuns = new("run_tags", "run_id");
    public static readonly TagTable OfModels = new("registered_model_tags", "model_id");
    public static readonly TagTable OfVersions = new("model_version_tags", "version_id");
    public static readonly TagTable OfLoggedModels = new("logged_model_tags", "model_id");
    public static readonly TagTable ParamsOfLoggedModels = new("logged_model_params", "model_id");

    private readonly BulkInsert _upsert = new(
        table,
        $"ON CONFLICT ({owner}, key) DO UPDATE SET value = excluded.value",
        new BulkColumn(owner, SqlKind.Integer), new BulkColumn("key", SqlKind.Text), new BulkColumn("value", SqlKind.Text));

    /// <summary>The tags of a new object as its event reports them.</summary>
    public static IEnumerable<FieldChange> Added(IReadOnlyList<Tag> tags) => tags.Select(static tag => new FieldChange(FieldOf(tag.Key), null, tag.Value));

    /// <summary>How events call a tag.</summary>
    public static string FieldOf(string key) => $"tags.{key}";

    /// <summary>The table in a search.</summary>
    /// <param name="key">The owner's own key there, e.g. <c>r.id</c>.</param>
    public KeyValueTable In(string key) => new(table, owner, key);

    /// <summary>Sets tags with keys that differ, each over the one before.</summary>
    public async ValueTask SetAsync(SqlSession session, long ownerId, IReadOnlyList<Tag> tags)
    {
        var values = new SqlValue[tags.Count * 3];
        for (var i = 0; i < tags.Count; i++)
        {
            (values[3 * i], values[(3 * i) + 1], values[(3 * i) + 2]) = (ownerId, tags[i].Key, tags[i].Value);
        }

        await session.InsertManyAsync(_upsert, values);
    }

    /// <summary>Sets tags with keys that differ, and returns what that changed; tags that have the value already are left alone.</summary>
    public async ValueTask<List<FieldChange>> ChangeAsync(SqlSession session, long ownerId, IReadOnlyList<Tag> tags)
    {
        if (tags.Count == 0)
        {
            return [];
        }

        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        await session.ForEachAsync($"SELECT key, value FROM {table} WHERE {owner} = $1 AND {session.Dialect.In("key", 2)}",
            row => before.Add(row.Text(0), row.Text(1)), ownerId, SqlValue.List([.. tags.Select(static tag => tag.Key)]));
        var changed = tags.Where(tag => before.GetValueOrDefault(tag.Key) != tag.Value).ToList();
        await SetAsync(session, ownerId, changed);
        return [.. changed.Select(tag => new FieldChange(FieldOf(tag.Key), before.GetValueOrDefault(tag.Key), tag.Value))];
    }

    /// <summary>Sets (value) or deletes (null) a tag, and returns what that changed; null if it was so already.</summary>
    public async ValueTask<FieldChange?> ChangeAsync(SqlSession session, long ownerId, string key, string? value) =>
        value is null ? await DeleteAsync(session, ownerId, key)
        : await ChangeAsync(session, ownerId, [new Tag(key, value)]) is [var change] ? change
        : null;

    /// <summary>Deletes a tag, and returns what that changed; null if there was none.</summary>
    public async ValueTask<FieldChange?> DeleteAsync(SqlSession session, long ownerId, string key) =>
        await session.FirstAsync<string?>(
            $"DELETE FROM {table} WHERE {owner} = $1 AND key = $2 RETURNING value", static row => row.Text(0), null, ownerId, key) is { } before
            ? new FieldChange(FieldOf(key), before, null)
            : null;

    /// <summary>The value of a tag; null if the object does not have it.</summary>
    public ValueTask<string?> FindAsync(SqlSession session, long ownerId, string key) =>
        session.FirstAsync<string?>($"SELECT value FROM {table} WHERE {owner} = $1 AND key = $2", static row => row.Text(0), null, ownerId, key);

    /// <summary>The tags of these owners, each owner's ordered by key.</summary>
    public async ValueTask<ILookup<long, Tag>> OfAsync(SqlSession session, IReadOnlyList<long> owners)
    {
        var rows = owners.Count == 0 ? [] : await session.ListAsync(
            $"SELECT {owner}, key, value FROM {table} WHERE {session.Dialect.In(owner, 1)} ORDER BY {owner}, key",
            static row => (Owner: row.Integer(0), Tag: new Tag(row.SharedText(1), row.Text(2))),
            SqlValue.List(owners));
        return rows.ToLookup(row => row.Owner, row => row.Tag);
    }
}
