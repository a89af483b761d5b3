using System.Globalization;
using Dossier.Core.Prompts;
using Dossier.Protocol;
using Dossier.Storage.Sql;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Registry;

/// <summary>Reads registered models: one statement for the rows, one each for tags, aliases, latest versions and their tags.</summary>
internal static class ModelReader
{
    private static readonly string OneSql = $"SELECT {string.Join(", ", ModelRow.Columns)} FROM registered_models m WHERE m.name = $1";

    public static async ValueTask<RegisteredModel?> FindAsync(SqlSession session, string name, bool withId = false) =>
        await session.FirstAsync<ModelRow?>(OneSql, ModelRow.Read, null, name) is { } row
            ? (await WholeAsync(session, [row]))[0] with { Id = withId ? row.PublicId : null }
            : null;

    /// <summary>Whether a model is a prompt.</summary>
    public static ValueTask<bool> IsPromptAsync(SqlSession session, string name) => session.FirstAsync(
        """
        SELECT 1 FROM registered_models m JOIN registered_model_tags t ON t.model_id = m.id AND t.key = $2 AND LOWER(t.value) = $3
        WHERE m.name = $1
        """,
        static _ => true, false, name, PromptTags.Marker, PromptTags.Marked);

    /// <summary>The models of these rows with tags, aliases and latest versions, in the same order.</summary>
    public static async ValueTask<List<RegisteredModel>> WholeAsync(SqlSession session, IReadOnlyList<ModelRow> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var ids = rows.Select(row => row.Id).ToList();
        var tags = await TagTable.OfModels.OfAsync(session, ids);
        var aliases = (await VersionReader.AliasesAsync(session, ids)).ToLookup(alias => alias.ModelId);
        var latest = await VersionReader.LatestAsync(session, ids);
        var versions = (await VersionReader.WithTagsAsync(session, latest)).Zip(latest).ToLookup(pair => pair.Second.ModelId, pair => pair.First);
        return
        [
            .. rows.Select(row => row.Model with
            {
                Tags = [.. tags[row.Id]],
                Aliases = [.. aliases[row.Id].Select(alias => new ModelAlias(alias.Alias, alias.Version.ToString(CultureInfo.InvariantCulture)))],
                LatestVersions = [.. versions[row.Id]],
            }),
        ];
    }
}
