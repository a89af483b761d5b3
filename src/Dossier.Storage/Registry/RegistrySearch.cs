using Dossier.Core.Prompts;
using Dossier.Core.Search;
using Dossier.Storage.Search;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Registry;

/// <summary>How searches of the registry are columns.</summary>
internal static class RegistrySearch
{
    public static readonly KeyValueTable ModelTags = TagTable.OfModels.In("m.id");

    public static readonly KeyValueTable VersionTags = TagTable.OfVersions.In("v.id");

    private static readonly SearchColumn ModelName = new("m.name", ColumnType.Text);

    public static SearchTarget Models() => new(
        SearchSchema.RegisteredModels,
        new Dictionary<string, SearchColumn>
        {
            ["name"] = ModelName,
            ["creation_timestamp"] = new("m.created_at", ColumnType.Integer),
            ["last_updated_timestamp"] = new("m.updated_at", ColumnType.Integer),
        },
        new Dictionary<SearchEntity, EntitySql> { [SearchEntity.Tag] = ModelTags.Entity })
    {
        Select = ModelRow.Columns,
        From = "registered_models m",
        TieBreak = new(ModelName, Descending: false),
    };

    public static SearchTarget Versions() => new(
        SearchSchema.ModelVersions,
        new Dictionary<string, SearchColumn>
        {
            ["name"] = ModelName,
            ["version_number"] = new("v.version", ColumnType.Integer),
            ["run_id"] = new("v.run_id", ColumnType.Text, Nullable: true),
            ["source"] = new("v.source", ColumnType.Text),
            ["creation_timestamp"] = new("v.created_at", ColumnType.Integer),
            ["last_updated_timestamp"] = new("v.updated_at", ColumnType.Integer),
        },
        new Dictionary<SearchEntity, EntitySql> { [SearchEntity.Tag] = VersionTags.Entity })
    {
        Select = VersionRow.Columns,
        From = VersionRow.From,
        DefaultOrder =
        [
            new(new("v.updated_at", ColumnType.Integer), Descending: true),
            new(ModelName, Descending: false),
            new(new("v.version", ColumnType.Integer), Descending: true),
        ],
        TieBreak = new(new("v.id", ColumnType.Integer), Descending: true),
    };

    /// <summary>Adds the condition on prompts, if there is one.</summary>
    /// <param name="select">The search.</param>
    /// <param name="scope">Whether it finds prompts.</param>
    /// <param name="tags">The tags of the objects that are searched.</param>
    public static void AddPrompts(SelectBuilder select, PromptScope scope, KeyValueTable tags)
    {
        if (scope != PromptScope.All)
        {
            select.Conditions.Add($"{(scope == PromptScope.Hide ? "NOT " : "")}{tags.Has(select, PromptTags.Marker, PromptTags.Marked)}");
        }
    }
}
