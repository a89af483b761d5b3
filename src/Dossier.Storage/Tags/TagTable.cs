using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tags;

/// <summary>A table of tags, or of what is stored just like them: params of logged models.</summary>
/// <param name="table">Its name.</param>
/// <param name="owner">Its column with the owner's key.</param>
internal sealed class TagTable(string table, string owner)
{
    public static readonly TagTable OfModels = new("registered_model_tags", "model_id");
    public static readonly TagTable OfVersions = new("model_version_tags", "version_id");
    public static readonly TagTable OfLoggedModels = new("logged_model_tags", "model_id");
    public static readonly TagTable ParamsOfLoggedModels = new("logged_model_params", "model_id");

    private readonly BulkInsert _upsert = new(
        table,
        $"ON CONFLICT ({owner}, key) DO UPDATE SET value = excluded.value",
        new BulkColumn(owner, SqlKind.Integer), new BulkColumn("key", SqlKind.Text), new BulkColumn("value", SqlKind.Text));

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

    /// <summary>Deletes a tag; false if there was none.</summary>
    public async ValueTask<bool> DeleteAsync(SqlSession session, long ownerId, string key) =>
        await session.ExecuteAsync($"DELETE FROM {table} WHERE {owner} = $1 AND key = $2", ownerId, key) > 0;

    /// <summary>The value of a tag; null if there is none.</summary>
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
