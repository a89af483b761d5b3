using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Dossier.Protocol.Json;

/// <summary>An array.</summary>
/// <param name="items">Its elements, in order.</param>
[SuppressMessage("Naming", "CA1710", Justification = "JSON's own word.")]
public sealed class RecordList(params IEnumerable<RecordValue> items) : RecordValue, IReadOnlyList<RecordValue>
{
    private readonly List<RecordValue> _items = [.. items];

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public RecordValue this[int index] => _items[index];

    /// <summary>Appends an element.</summary>
    public void Add(RecordValue item) => _items.Add(item);

    /// <inheritdoc/>
    public IEnumerator<RecordValue> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An object whose members keep their order. A member set again keeps its first position and takes the last value.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "JSON's own word.")]
public sealed class RecordObject : RecordValue, IReadOnlyCollection<KeyValuePair<string, RecordValue>>
{
    private readonly OrderedDictionary<string, RecordValue> _members = new(StringComparer.Ordinal);

    /// <summary>An object without members.</summary>
    public RecordObject()
    {
    }

    /// <summary>An object with these members.</summary>
    public RecordObject(IEnumerable<KeyValuePair<string, RecordValue>> members)
    {
        foreach (var (key, value) in members)
        {
            this[key] = value;
        }
    }

    /// <inheritdoc/>
    public int Count => _members.Count;

    /// <summary>The member of that name; null when there is none (a JSON null is <see cref="RecordNull"/>).</summary>
    [DisallowNull]
    public RecordValue? this[string key]
    {
        get => _members.GetValueOrDefault(key);
        set => _members[key] = value;
    }

    /// <summary>Whether there is a member of that name, be it null.</summary>
    public bool Has(string key) => _members.ContainsKey(key);

    /// <summary>Takes a member out; null when there was none.</summary>
    public RecordValue? Take(string key) => _members.Remove(key, out var value) ? value : null;

    /// <summary>The member as object; null when it is missing or something else.</summary>
    public RecordObject? ObjectAt(string key) => this[key] as RecordObject;

    /// <summary>The member as array; null when it is missing or something else.</summary>
    public RecordList? ArrayAt(string key) => this[key] as RecordList;

    /// <summary>The member as text; null when it is missing or not a string.</summary>
    public string? TextAt(string key) => (this[key] as RecordText)?.Value;

    /// <summary>Sets or appends a member; for collection initialisers.</summary>
    public void Add(string key, RecordValue value) => this[key] = value;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, RecordValue>> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
