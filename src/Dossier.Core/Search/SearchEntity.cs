namespace Dossier.Core.Search;

/// <summary>The type of a key's values, which decides how a filter may compare them.</summary>
public enum ValueKind
{
    /// <summary>Numbers: <c>=</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>.</summary>
    Numbers,

    /// <summary>Texts: <c>=</c>, <c>!=</c>, <c>LIKE</c>, <c>ILIKE</c>, <c>IN</c>, <c>NOT IN</c>.</summary>
    Texts,

    /// <summary>
    /// Texts that an object may lack: <c>=</c>, <c>!=</c>, <c>LIKE</c>, <c>ILIKE</c>, <c>IS NULL</c>, <c>IS NOT NULL</c>.
    /// </summary>
    OptionalTexts,
}

/// <summary>
/// The prefix of a key in a filter or order: the <c>params</c> of <c>params.lr</c>. Each is created once and compared by reference.
/// A search with entities of its own creates them, lists them in its <see cref="SearchSchema"/>, and its store maps them to columns.
/// </summary>
public sealed class SearchEntity
{
    private readonly IReadOnlyList<string> _names;

    /// <param name="singular">The name of one, for messages: <c>param</c>.</param>
    /// <param name="plural">The name of many: <c>params</c>.</param>
    /// <param name="aliases">Other names that clients use. All names are compared without case.</param>
    public SearchEntity(string singular, string plural, params string[] aliases) =>
        (Singular, Plural, _names) = (singular, plural, [singular, plural, .. aliases]);

    /// <summary>The object itself, e.g. its <c>start_time</c>. The schema lists the attributes.</summary>
    public static SearchEntity Attribute { get; } = new("attribute", "attributes", "attr", "run");

    /// <summary>A param, by key.</summary>
    public static SearchEntity Param { get; } = new("param", "params", "parameter", "parameters");

    /// <summary>The latest value of a metric, by key.</summary>
    public static SearchEntity Metric { get; } = new("metric", "metrics") { Values = ValueKind.Numbers };

    /// <summary>A tag, by key.</summary>
    public static SearchEntity Tag { get; } = new("tag", "tags");

    /// <summary>
    /// A dataset input: its name, its digest, or the context it was used in. A run has many, so runs cannot be ordered by it.
    /// </summary>
    public static SearchEntity Dataset { get; } = new("dataset", "datasets")
    {
        Keys = [SearchKey.Text("name"), SearchKey.Text("digest"), SearchKey.Text("context")],
        IsOrdered = false,
    };

    /// <summary>The name of one, for messages.</summary>
    public string Singular { get; }

    /// <summary>The name of many, for messages.</summary>
    public string Plural { get; }

    /// <summary>The allowed keys; null if any key is allowed.</summary>
    public IReadOnlyList<SearchKey>? Keys { get; init; }

    /// <summary>The type of the values if any key is allowed.</summary>
    public ValueKind Values { get; init; } = ValueKind.OptionalTexts;

    /// <summary>Whether searches can be ordered by it.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>Whether clients mean this entity by <paramref name="name"/>.</summary>
    public bool IsCalled(string name) => _names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of many.</summary>
    public override string ToString() => Plural;
}
