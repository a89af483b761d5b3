using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Search;

/// <summary>
/// What filters and orders of one search may name: the attributes of its objects and the other entities they have.
/// The only place where names, types and aliases are declared; the store's columns are checked against it when the store opens.
/// </summary>
public sealed class SearchSchema
{
    private readonly IReadOnlyList<SearchEntity> _all;

    /// <param name="attributes">What <see cref="SearchEntity.Attribute"/> may name.</param>
    /// <param name="entities">What there is besides attributes.</param>
    public SearchSchema(IReadOnlyList<SearchKey> attributes, params IReadOnlyList<SearchEntity> entities) =>
        (Attributes, Entities, _all) = (attributes, entities, [SearchEntity.Attribute, .. entities]);

    /// <summary>A list that takes neither filter nor order.</summary>
    public static SearchSchema Nothing { get; } = new([]);

    /// <summary>Runs. Old clients call the start time <c>Created</c> and write <c>Run name</c>.</summary>
    public static SearchSchema Runs { get; } = new(
        [
            SearchKey.Text("run_id"), SearchKey.Text("run_name", "run name"), SearchKey.Text("status"),
            SearchKey.Text("user_id"), SearchKey.Text("artifact_uri"),
            SearchKey.Number("start_time", "created"), SearchKey.Number("end_time"),
        ],
        SearchEntity.Param, SearchEntity.Metric, SearchEntity.Tag, SearchEntity.Dataset);

    /// <summary>Experiments.</summary>
    public static SearchSchema Experiments { get; } = new(
        [
            SearchKey.Text("experiment_id"), SearchKey.Text("name"),
            SearchKey.Number("creation_time"), SearchKey.Number("last_update_time"),
        ],
        SearchEntity.Tag);

    /// <summary>Registered models.</summary>
    public static SearchSchema RegisteredModels { get; } = new(
        [
            SearchKey.Text("name"), SearchKey.Number("creation_timestamp"),
            SearchKey.Number("last_updated_timestamp", "timestamp"),
        ],
        SearchEntity.Tag);

    /// <summary>Model versions.</summary>
    public static SearchSchema ModelVersions { get; } = new(
        [
            SearchKey.Text("name"), SearchKey.Number("version_number"), SearchKey.Text("run_id"),
            SearchKey.Text("source", "source_path"), SearchKey.Number("creation_timestamp"),
            SearchKey.Number("last_updated_timestamp"),
        ],
        SearchEntity.Tag);

    /// <summary>Logged models.</summary>
    public static SearchSchema LoggedModels { get; } = new(
        [
            SearchKey.Text("name"), SearchKey.Text("model_id"), SearchKey.Text("model_type"),
            SearchKey.Text("status"), SearchKey.Text("source_run_id"), SearchKey.Text("experiment_id"),
            SearchKey.Number("creation_timestamp", "creation_time", "creation_timestamp_ms"),
            SearchKey.Number("last_updated_timestamp", "last_updated_time", "last_updated_timestamp_ms"),
        ],
        SearchEntity.Param, SearchEntity.Metric, SearchEntity.Tag);

    /// <summary>The attributes of the objects.</summary>
    public IReadOnlyList<SearchKey> Attributes { get; }

    /// <summary>What they have besides attributes.</summary>
    public IReadOnlyList<SearchEntity> Entities { get; }

    /// <summary>The query of a request.</summary>
    /// <param name="filter">The filter; null or blank lets all through.</param>
    /// <param name="orderBy">The columns; null or empty is the search's default order.</param>
    /// <param name="maxResults">The page's length, already checked.</param>
    /// <param name="pageToken">Where the last page ended.</param>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>, naming the clause or column that can't be understood.</exception>
    public SearchQuery Query(string? filter, IReadOnlyList<string>? orderBy, int maxResults, string? pageToken) => new(
        FilterParser.Parse(filter, this), OrderParser.Parse(orderBy, this), maxResults, PageTokenRules.Check(pageToken));

    /// <summary>The entity that a filter or order calls <paramref name="name"/>.</summary>
    /// <param name="name">As written, e.g. <c>metrics</c>; null if the key has no prefix.</param>
    /// <param name="what">What to name in an error: the filter's clause or the column.</param>
    internal SearchEntity Entity(string? name, string what) =>
        name is null ? SearchEntity.Attribute
        : _all.FirstOrDefault(entity => entity.IsCalled(name)) ?? throw ProtocolException.Invalid(
            $"Invalid entity type '{TextRules.Excerpt(name)}' in {what}. Valid entity types are {string.Join(", ", _all)}. "
            + "A key that contains '.' must follow its entity type, e.g. tags.a.b.");

    /// <summary>A key of an entity by its canonical name, and what its values are.</summary>
    internal (string Key, ValueKind Values) Key(SearchEntity entity, string key, string what)
    {
        if ((entity == SearchEntity.Attribute ? Attributes : entity.Keys) is not { } known)
        {
            return (key, entity.Values);
        }

        var found = known.FirstOrDefault(attribute => attribute.IsCalled(key)) ?? throw ProtocolException.Invalid(
            $"Invalid {entity.Singular} key '{TextRules.Excerpt(key)}' specified in {what}. "
            + $"Valid keys are {string.Join(", ", known.Select(attribute => attribute.Name))}.");
        return (found.Name, found.IsNumber ? ValueKind.Numbers : ValueKind.Texts);
    }
}
