using Dossier.Core.Registry;
using Dossier.Core.Search;
using Dossier.Storage.Search;

namespace Dossier.Storage.Registry;

/// <summary>How searches of the registry are columns.</summary>
internal static class RegistrySearch
{
    private static readonly SearchColumn ModelName = new("m.name", ColumnType.Text);

    public static readonly SearchTarget Models = new()
    {
        Select = ModelRow.Columns,
        From = "registered_models m",
        Key = "m.id",
        Attributes = new Dictionary<string, SearchColumn>
        {
            ["name"] = ModelName,
            ["creation_timestamp"] = new("m.created_at", ColumnType.Integer),
            ["last_updated_timestamp"] = new("m.updated_at", ColumnType.Integer),
        },
        DefaultOrder = [],
        TieBreak = new(ModelName, Descending: false),
        Tags = new KeyValueTable("registered_model_tags", "model_id"),
    };

    public static readonly SearchTarget Versions = new()
    {
        Select = VersionRow.Columns,
        From = VersionRow.From,
        Key = "v.id",
        Attributes = new Dictionary<string, SearchColumn>
        {
            ["name"] = ModelName,
            ["version_number"] = new("v.version", ColumnType.Integer),
            ["run_id"] = new("v.run_id", ColumnType.Text, Nullable: true),
            ["source"] = new("v.source", ColumnType.Text),
            ["creation_timestamp"] = new("v.created_at", ColumnType.Integer),
            ["last_updated_timestamp"] = new("v.updated_at", ColumnType.Integer),
        },
        DefaultOrder =
        [
            new(new("v.updated_at", ColumnType.Integer), Descending: true),
            new(ModelName, Descending: false),
            new(new("v.version", ColumnType.Integer), Descending: true),
        ],
        TieBreak = new(new("v.id", ColumnType.Integer), Descending: true),
        Tags = new KeyValueTable("model_version_tags", "version_id"),
    };

    /// <summary>
    /// Takes the clauses "is no prompt" out of a query: clients send them always and mean objects without that tag too,
    /// while <c>!=</c> on any other tag means objects that have it.
    /// </summary>
    /// <returns>The rest of the query, and what adds the condition.</returns>
    public static (SearchQuery Query, Action<SelectBuilder> Scope) WithoutPrompts(SearchTarget target, SearchQuery query)
    {
        var noPrompt = query.Clauses.Where(clause => clause is { Entity: SearchEntity.Tag, Key: Prompts.Tag, Comparator: Comparator.NotEqual }).ToList();
        return (query with { Clauses = [.. query.Clauses.Except(noPrompt)] }, select =>
        {
            foreach (var clause in noPrompt)
            {
                select.Conditions.Add(
                    $"NOT EXISTS (SELECT 1 FROM {target.Tags!.Table} x WHERE x.{target.Tags.Owner} = {target.Key} "
                    + $"AND x.key = {select.Parameter(clause.Key)} AND x.value = {select.Parameter(clause.Text)})");
            }
        });
    }
}
