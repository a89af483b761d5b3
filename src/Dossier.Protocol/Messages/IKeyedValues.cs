namespace Dossier.Protocol;

/// <summary>Returns what replaces a value, e.g. a mask if its key names a secret.</summary>
/// <param name="key">The key of a param or tag.</param>
/// <param name="value">Its value.</param>
public delegate string? ReplaceValue(string key, string? value);

/// <summary>A message that carries params or tags, whose values may be secrets.</summary>
/// <typeparam name="TMessage">The message itself.</typeparam>
public interface IKeyedValues<TMessage>
    where TMessage : class
{
    /// <summary>The message with every value replaced.</summary>
    TMessage With(ReplaceValue replace);
}

/// <summary>Replaces values. JSON may have null where the records do not; the server's domain refuses it later.</summary>
internal static class KeyedValues
{
    /// <summary>The value under a key.</summary>
    public static string? Of(string? key, string? value, ReplaceValue replace) => key is null ? value : replace(key, value);

    /// <summary>The tags with their values replaced.</summary>
    public static IReadOnlyList<Tag>? Of(IReadOnlyList<Tag>? tags, ReplaceValue replace) =>
        tags?.Select(tag => tag is null ? tag! : tag with { Value = Of(tag.Key, tag.Value, replace)! }).ToList();

    /// <summary>The params with their values replaced.</summary>
    public static IReadOnlyList<Param>? Of(IReadOnlyList<Param>? parameters, ReplaceValue replace) =>
        parameters?.Select(one => one is null ? one! : one with { Value = Of(one.Key, one.Value, replace)! }).ToList();
}
