using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Dossier.Core.Access;

namespace Dossier.Core.Identity;

/// <summary>What was worked out about callers, until something that decides about access changes (<see cref="IAccessStore.Version"/>).</summary>
/// <typeparam name="TKey">The key; of secrets, a hash.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <param name="access">Says when what is remembered no longer counts.</param>
public sealed class Remembered<TKey, TValue>(IAccessStore access)
    where TKey : struct
{
    // More are forgotten all at once: simple, and rare.
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<TKey, (long Version, TValue Value)> _values = new();

    /// <summary>To be read before the value is worked out.</summary>
    public long Version => access.Version;

    /// <summary>The value that still counts.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = _values.TryGetValue(key, out var entry) && entry.Version == Version;
        value = found ? entry.Value : default;
        return found;
    }

    /// <summary>Remembers a value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="version">What <see cref="Version"/> was before.</param>
    /// <param name="value">The value.</param>
    public void Add(TKey key, long version, TValue value)
    {
        if (_values.Count >= Most)
        {
            _values.Clear();
        }

        _values[key] = (version, value);
    }
}

/// <summary>256 bits of a hash, as the key of a dictionary: the secret itself stays nowhere.</summary>
/// <param name="High">One half.</param>
/// <param name="Low">The other.</param>
public readonly record struct HashKey(UInt128 High, UInt128 Low)
{
    /// <summary>The key of 32 bytes.</summary>
    public static HashKey Of(ReadOnlySpan<byte> hash) => MemoryMarshal.Read<HashKey>(hash);
}
