using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Dossier.Protocol.Json;

/// <summary>An array.</summary>
/// <param name="items">Its elements, in order.</param>
[SuppressMessage("Naming", "CA1710", Justification = "JSON's own word.")]
public sealed class JsonArray(params IEnumerable<JsonValue> items) : JsonValue, IReadOnlyList<JsonValue>
{
    private readonly List<JsonValue> _items = [.. items];

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public JsonValue this[int index] => _items[index];

    /// <summary>Appends an element.</summary>
    public void Add(JsonValue item) => _items.Add(item);

    /// <inheritdoc/>
    public IEnumerator<JsonValue> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An object whose members keep their order. A member set again keeps its first position and takes the last value.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "JSON's own word.")]
public sealed class JsonObject : JsonValue, IReadOnlyCollection<KeyValuePair<string, JsonValue>>
{
    private readonly OrderedDictionary<string, JsonValue> _members = new(StringComparer.Ordinal);

    /// <summary>An object without members.</summary>
    public JsonObject()
    {
    }

    /// <summary>An object with these members.</summary>
    public JsonObject(IEnumerable<KeyValuePair<string, JsonValue>> members)
    {
        foreach (var (key, value) in members)
        {
            this[key] = value;
        }
    }

    /// <inheritdoc/>
    public int Count => _members.Count;

    /// <summary>The member of that name; null when there is none (a JSON null is <see cref="JsonNull"/>).</summary>
    [DisallowNull]
    public JsonValue? this[string key]
    {
        get => _members.GetValueOrDefault(key);
        set => _members[key] = value;
    }

    /// <summary>Whether there is a member of that name, be it null.</summary>
    public bool Has(string key) => _members.ContainsKey(key);

    /// <summary>Takes a member out; null when there was none.</summary>
    public JsonValue? Take(string key) => _members.Remove(key, out var value) ? value : null;

    /// <summary>The member as object; null when it is missing or something else.</summary>
    public JsonObject? ObjectAt(string key) => this[key] as JsonObject;

    /// <summary>The member as array; null when it is missing or something else.</summary>
    public JsonArray? ArrayAt(string key) => this[key] as JsonArray;

    /// <summary>The member as text; null when it is missing or not a string.</summary>
    public string? TextAt(string key) => (this[key] as JsonString)?.Value;

    /// <summary>Sets or appends a member; for collection initialisers.</summary>
    public void Add(string key, JsonValue value) => this[key] = value;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
