using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Search;

/// <summary>What one kind of search knows: its attributes and the other entities that its objects have.</summary>
internal sealed class SearchSchema
{
    private static readonly string[] DatasetKeys = ["name", "digest", "context"];

    private readonly IReadOnlyList<SearchAttribute> _attributes;
    private readonly SearchEntity[] _entities;

    private SearchSchema(IReadOnlyList<SearchAttribute> attributes, params SearchEntity[] entities) =>
        (_attributes, _entities) = (attributes, [SearchEntity.Attribute, .. entities]);

    /// <summary>Runs. Old clients call the start time <c>Created</c> and write <c>Run name</c>.</summary>
    public static SearchSchema Runs { get; } = new(
        [
            SearchAttribute.Text("run_id"), SearchAttribute.Text("run_name", "run name"), SearchAttribute.Text("status"),
            SearchAttribute.Text("user_id"), SearchAttribute.Text("artifact_uri"),
            SearchAttribute.Number("start_time", "created"), SearchAttribute.Number("end_time"),
        ],
        SearchEntity.Param, SearchEntity.Metric, SearchEntity.Tag, SearchEntity.Dataset);

    /// <summary>Experiments.</summary>
    public static SearchSchema Experiments { get; } = new(
        [
            SearchAttribute.Text("experiment_id"), SearchAttribute.Text("name"),
            SearchAttribute.Number("creation_time"), SearchAttribute.Number("last_update_time"),
        ],
        SearchEntity.Tag);

    /// <summary>Registered models.</summary>
    public static SearchSchema RegisteredModels { get; } = new(
        [
            SearchAttribute.Text("name"), SearchAttribute.Number("creation_timestamp"),
            SearchAttribute.Number("last_updated_timestamp", "timestamp"),
        ],
        SearchEntity.Tag);

    /// <summary>Model versions.</summary>
    public static SearchSchema ModelVersions { get; } = new(
        [
            SearchAttribute.Text("name"), SearchAttribute.Number("version_number"), SearchAttribute.Text("run_id"),
            SearchAttribute.Text("source", "source_path"), SearchAttribute.Number("creation_timestamp"),
            SearchAttribute.Number("last_updated_timestamp"),
        ],
        SearchEntity.Tag);

    /// <summary>Logged models.</summary>
    public static SearchSchema LoggedModels { get; } = new(
        [
            SearchAttribute.Text("name"), SearchAttribute.Text("model_id"), SearchAttribute.Text("model_type"),
            SearchAttribute.Text("status"), SearchAttribute.Text("source_run_id"), SearchAttribute.Text("experiment_id"),
            SearchAttribute.Number("creation_timestamp", "creation_time", "creation_timestamp_ms"),
            SearchAttribute.Number("last_updated_timestamp", "last_updated_time", "last_updated_timestamp_ms"),
        ],
        SearchEntity.Param, SearchEntity.Metric, SearchEntity.Tag);

    /// <summary>The query of a request.</summary>
    /// <param name="filter">The filter; null or blank lets all through.</param>
    /// <param name="orderBy">The columns; null or empty is the search's default order.</param>
    /// <param name="maxResults">The page's length, checked.</param>
    /// <param name="pageToken">Where the last page ended.</param>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>, naming the clause or column that can't be understood.</exception>
    public SearchQuery Query(string? filter, IReadOnlyList<string>? orderBy, int maxResults, string? pageToken) => new(
        FilterParser.Parse(filter, this), OrderParser.Parse(orderBy, this), maxResults, PageTokenRules.Check(pageToken));

    /// <summary>The entity that a filter calls <paramref name="name"/>.</summary>
    /// <param name="name">As written, e.g. <c>metrics</c>.</param>
    /// <param name="what">What to name in an error: the filter's clause or the column.</param>
    public SearchEntity Entity(string name, string what)
    {
        SearchEntity? entity = name.ToUpperInvariant() switch
        {
            "ATTRIBUTE" or "ATTRIBUTES" or "ATTR" or "RUN" => SearchEntity.Attribute,
            "PARAM" or "PARAMS" or "PARAMETER" or "PARAMETERS" => SearchEntity.Param,
            "METRIC" or "METRICS" => SearchEntity.Metric,
            "TAG" or "TAGS" => SearchEntity.Tag,
            "DATASET" or "DATASETS" => SearchEntity.Dataset,
            _ => null,
        };
        return entity is { } known && _entities.Contains(known)
            ? known
            : throw ProtocolException.Invalid(
                $"Invalid entity type '{TextRules.Excerpt(name)}' in {what}. Valid entity types here are {string.Join(", ", _entities.Select(NameOf))}; "
                + "a key with '.' in it needs its entity before it.");
    }

    /// <summary>The attribute that a filter or order calls <paramref name="name"/>.</summary>
    public SearchAttribute Attribute(string name, string what) =>
        _attributes.FirstOrDefault(attribute => attribute.IsCalled(name))
        ?? throw ProtocolException.Invalid(
            $"Invalid attribute key '{TextRules.Excerpt(name)}' specified in {what}. Valid keys are {string.Join(", ", _attributes.Select(attribute => attribute.Name))}.");

    /// <summary>The key of a dataset clause.</summary>
    public static string DatasetKey(string name, string what) =>
        DatasetKeys.FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw ProtocolException.Invalid(
            $"Invalid dataset key '{TextRules.Excerpt(name)}' specified in {what}. Valid keys are {string.Join(", ", DatasetKeys)}.");

    private static string NameOf(SearchEntity entity) => entity switch
    {
        SearchEntity.Attribute => "attributes",
        SearchEntity.Param => "params",
        SearchEntity.Metric => "metrics",
        SearchEntity.Tag => "tags",
        _ => "datasets",
    };
}
