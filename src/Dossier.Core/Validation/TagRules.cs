using Dossier.Core.Secrets;
using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for tags and params.</summary>
internal static class TagRules
{
    /// <summary>The tags of one request, checked, each key once: the last one said counts.</summary>
    /// <param name="tags">As the client sent them; null is none.</param>
    /// <param name="maxCount">How many there may be.</param>
    /// <param name="maxValue">How many characters a value may have.</param>
    /// <param name="parameter">The list's field name.</param>
    /// <param name="maxKey">How many characters a key may have.</param>
    public static IReadOnlyList<Tag> Check(
        IReadOnlyList<Tag>? tags, int maxCount, int maxValue, string parameter = "tags", int maxKey = Limits.Key)
    {
        var all = ListRules.Each(
            ListRules.Bounded(tags, parameter, maxCount),
            parameter,
            (tag, field) => new Tag(KeyRules.Check(tag.Key, $"{field}.key", maxKey), TextRules.Present(tag.Key, tag.Value, $"{field}.value", maxValue)));
        return all.Count < 2 ? all : LastOfEachKey(all);
    }

    /// <summary>The params of one request, checked, each key once; a key with two values is refused.</summary>
    public static IReadOnlyList<Param> Check(IReadOnlyList<Param>? parameters, int maxCount)
    {
        var all = ListRules.Each(
            ListRules.Bounded(parameters, "params", maxCount),
            "params",
            (param, field) => new Param(
                KeyRules.Check(param.Key, $"{field}.key"), TextRules.Present(param.Key, param.Value, $"{field}.value", Limits.ParamValue)));
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        all.RemoveAll(param => !values.TryAdd(param.Key, param.Value) && IsSame(param, values[param.Key]));
        return all;
    }

    private static List<Tag> LastOfEachKey(List<Tag> tags)
    {
        var last = new Dictionary<string, Tag>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            last[tag.Key] = tag;
        }

        return last.Count == tags.Count ? tags : [.. last.Values];
    }

    private static bool IsSame(Param param, string first) => param.Value == first
        ? true
        : throw ProtocolException.Invalid(
            $"Duplicate parameter keys have been submitted: '{param.Key}' with the values '{Shown(param, first)}' and '{Shown(param, param.Value)}'. "
            + "Send only one value for each param key.");

    private static string Shown(Param param, string value) => TextRules.Excerpt(SecretNames.Hide(param.Key, value)!);
}
