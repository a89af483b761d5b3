using Dossier.Protocol;
using Dossier.Storage.Sql;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Registry;

/// <summary>Reads versions: one statement for the rows, one for tags, one for aliases.</summary>
internal static class VersionReader
{
    private static readonly string OneSql = VersionRow.Select("m.name = $1 AND v.version = $2");
    private static readonly string ByAliasSql = VersionRow.Select(
        "m.name = $1 AND v.version = (SELECT a.version FROM model_aliases a WHERE a.model_id = m.id AND a.alias = $2)");

    public static async ValueTask<ModelVersion?> FindAsync(SqlSession session, string name, long version) =>
        await WholeAsync(session, await session.FirstAsync<VersionRow?>(OneSql, VersionRow.Read, null, name, version));

    public static async ValueTask<ModelVersion?> FindByAliasAsync(SqlSession session, string name, string alias) =>
        await WholeAsync(session, await session.FirstAsync<VersionRow?>(ByAliasSql, VersionRow.Read, null, name, alias));

    /// <summary>The newest version of each stage of these models, ordered by model and version.</summary>
    public static ValueTask<List<VersionRow>> LatestAsync(SqlSession session, IReadOnlyList<long> models) => session.ListAsync(
        VersionRow.Select(
            $"{session.Dialect.In("v.model_id", 1)} AND v.version = (SELECT MAX(w.version) FROM model_versions w WHERE w.model_id = v.model_id AND w.stage = v.stage) "
            + "ORDER BY v.model_id, v.version"),
        VersionRow.Read,
        SqlValue.List(models));

    /// <summary>The versions of these rows with tags, in the same order.</summary>
    public static async ValueTask<List<ModelVersion>> WithTagsAsync(SqlSession session, IReadOnlyList<VersionRow> rows)
    {
        var tags = await TagTable.OfVersions.OfAsync(session, [.. rows.Select(row => row.Id)]);
        return [.. rows.Select(row => row.Version with { Tags = [.. tags[row.Id]] })];
    }

    /// <summary>The versions of these rows with tags and aliases, in the same order.</summary>
    public static async ValueTask<List<ModelVersion>> WholeAsync(SqlSession session, IReadOnlyList<VersionRow> rows)
    {
        var aliases = (await AliasesAsync(session, [.. rows.Select(row => row.ModelId).Distinct()]))
            .ToLookup(alias => (alias.ModelId, alias.Version), alias => alias.Alias);
        var versions = await WithTagsAsync(session, rows);
        return [.. versions.Select((version, i) => version with { Aliases = [.. aliases[(rows[i].ModelId, rows[i].Number)]] })];
    }

    /// <summary>The aliases of these models, ordered by name.</summary>
    public static async ValueTask<List<AliasRow>> AliasesAsync(SqlSession session, IReadOnlyList<long> models) => models.Count == 0 ? [] : await session.ListAsync(
        $"SELECT model_id, alias, version FROM model_aliases WHERE {session.Dialect.In("model_id", 1)} ORDER BY model_id, alias",
        static row => new AliasRow(row.Integer(0), row.Text(1), row.Integer(2)),
        SqlValue.List(models));

    private static async ValueTask<ModelVersion?> WholeAsync(SqlSession session, VersionRow? row) =>
        row is null ? null : (await WholeAsync(session, [row]))[0];
}

/// <summary>An alias of a model.</summary>
internal readonly record struct AliasRow(long ModelId, string Alias, long Version);
