using System.Buffers;
using System.Globalization;
using System.Text;
using Dossier.Core.Secrets;
using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for free texts: there or not, not too long, storable in every database.</summary>
public static class TextRules
{
    /// <summary>The text, which must be there and not empty.</summary>
    public static string Required(string? value, string parameter, int maxLength)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw ProtocolException.Missing(parameter);
        }

        return Bounded(value, parameter, maxLength);
    }

    /// <summary>The text, which must be there but may be empty: values of params and tags.</summary>
    /// <param name="key">The key of the param or tag: the value of one that is named like a secret is not repeated.</param>
    /// <param name="value">The text.</param>
    /// <param name="parameter">The field's name.</param>
    /// <param name="maxLength">How many characters it may have.</param>
    public static string Present(string key, string? value, string parameter, int maxLength)
    {
        var text = value ?? throw ProtocolException.Missing(parameter);
        return text.Length <= maxLength && !text.Contains('\0', StringComparison.Ordinal) ? text : Bounded(text, parameter, maxLength, SecretNames.Hide(key, text));
    }

    /// <summary>The text, which may be absent.</summary>
    public static string? Optional(string? value, string parameter, int maxLength) =>
        value is null ? null : Bounded(value, parameter, maxLength);

    /// <summary>The value as error messages repeat it: short, without control characters, and without the credentials of a URI.</summary>
    public static string Excerpt(string value) => Protocol.Excerpt.Of(value);

    private static string Bounded(string value, string parameter, int maxLength, string? shown = null)
    {
        if (value.Length > maxLength)
        {
            throw ProtocolException.InvalidValue(
                Excerpt(shown ?? value), parameter, $"it has {value.Length} characters and may have at most {maxLength}.");
        }

        // PostgreSQL's text has no NUL.
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw ProtocolException.InvalidValue(Excerpt(shown ?? value), parameter, "it must not contain the character NUL.");
        }

        return value;
    }
}

/// <summary>Rules for the keys of params, metrics and tags, which other stores use as file names.</summary>
internal static class KeyRules
{
    /// <summary>The key, checked.</summary>
    /// <param name="key">As the client sent it.</param>
    /// <param name="parameter">The field's name, e.g. <c>metrics[3].key</c>.</param>
    /// <param name="maxLength">How many characters it may have.</param>
    public static string Check(string? key, string parameter, int maxLength = Limits.Key)
    {
        var text = TextRules.Required(key, parameter, maxLength);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsAllowed(rune))
            {
                throw ProtocolException.InvalidValue(
                    TextRules.Excerpt(text),
                    parameter,
                    "Names may only contain letters and digits, underscores (_), dashes (-), periods (.), spaces ( ), colons (:) and slashes (/).");
            }
        }

        if (IsPathLike(text))
        {
            throw ProtocolException.InvalidValue(
                TextRules.Excerpt(text),
                parameter,
                "Names may be treated as files in certain cases, and must not resolve to other names when treated as such: "
                + "no leading, trailing or double '/', and no part that is '.' or '..'.");
        }

        return text;
    }

    private static bool IsAllowed(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || (rune.IsAscii && "_-. :/".Contains((char)rune.Value, StringComparison.Ordinal));

    private static bool IsPathLike(ReadOnlySpan<char> key)
    {
        foreach (var part in key.Split('/'))
        {
            if (key[part] is "" or "." or "..")
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Rules for page tokens, which only the store that gave them can read.</summary>
internal static class PageTokenRules
{
    /// <summary>The token; null for the first page.</summary>
    public static string? Check(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        return token.Length <= Limits.PageToken && !token.Contains('\0', StringComparison.Ordinal)
            ? token
            : throw ProtocolException.InvalidValue(TextRules.Excerpt(token), "page_token", "give the next_page_token of the page before, unchanged.");
    }
}

/// <summary>Rules for public ids: <c>[a-zA-Z0-9][\w-]*</c> of a bounded length.</summary>
internal static class IdRules
{
    private const int MaxRunId = 256;
    private const int MaxExperimentId = 64;
    private const int MaxModelId = 256;
    private const int MaxActivityId = 64;
    private const int HexDigitsOfId = 32;
    private const int MaxDigitsOfId = 18;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>A run id.</summary>
    public static string Run(string? id, string parameter = "run_id") => Check(id, parameter, MaxRunId);

    /// <summary>The run id of a request that may say it as <c>run_id</c> or, as old clients do, as <c>run_uuid</c>.</summary>
    public static string EitherRun(string? runId, string? runUuid) =>
        string.IsNullOrEmpty(runId) && !string.IsNullOrEmpty(runUuid) ? Run(runUuid, "run_uuid") : Run(runId);

    /// <summary>An experiment id.</summary>
    public static string Experiment(string? id, string parameter = "experiment_id") => Check(id, parameter, MaxExperimentId);

    /// <summary>The id of a logged model.</summary>
    public static string LoggedModel(string? id, string parameter = "model_id") => Check(id, parameter, MaxModelId);

    /// <summary>A registered model's id: 32 hex digits.</summary>
    public static string RegisteredModel(string id, string parameter = "request_object_id") =>
        id.Length == HexDigitsOfId && !id.AsSpan().ContainsAnyExcept(LowerHex)
            ? id
            : throw ProtocolException.InvalidValue(
                TextRules.Excerpt(id),
                parameter,
                "the id of a registered model has 32 hex digits; it is no name. GET /api/2.0/mlflow/databricks/registered-models/get?name=… tells it.");

    /// <summary>A directory's id: a number.</summary>
    public static string Directory(string id, string parameter = "request_object_id") =>
        id.Length is > 0 and <= MaxDigitsOfId && id.All(char.IsAsciiDigit)
            ? id
            : throw ProtocolException.InvalidValue(
                TextRules.Excerpt(id), parameter, "the id of a directory is a number, 0 for the root. GET /api/2.0/workspace/get-status?path=… tells it.");

    /// <summary>The id of a comment.</summary>
    public static string Activity(string? id, string parameter = "id") => Check(id, parameter, MaxActivityId);

    private static string Check(string? id, string parameter, int maxLength)
    {
        if (string.IsNullOrEmpty(id))
        {
            throw ProtocolException.Missing(parameter);
        }

        if (id.Length > maxLength || !char.IsAsciiLetterOrDigit(id[0]) || !HasOnlyIdCharacters(id))
        {
            throw ProtocolException.InvalidValue(
                TextRules.Excerpt(id),
                parameter,
                $"an id starts with a letter or digit, goes on with letters, digits, '_' and '-', and has at most {maxLength} characters.");
        }

        return id;
    }

    private static bool HasOnlyIdCharacters(string id)
    {
        foreach (var rune in id.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && rune.Value is not ('_' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Rules for times, metric values, page lengths and version numbers.</summary>
internal static class NumberRules
{
    /// <summary>A time in milliseconds since the epoch, which must be there.</summary>
    public static long Time(long? time, string parameter) => OptionalTime(time, parameter) ?? throw ProtocolException.Missing(parameter);

    /// <summary>A time in milliseconds since the epoch, which may be absent.</summary>
    public static long? OptionalTime(long? time, string parameter) => time is null or >= 0
        ? time
        : throw ProtocolException.InvalidValue(Text(time.Value), parameter, "it must be in milliseconds since the epoch, not negative.");

    /// <summary>A metric's value as it is stored: infinities become the largest doubles, NaN stays.</summary>
    public static double MetricValue(double value) =>
        double.IsPositiveInfinity(value) ? double.MaxValue : double.IsNegativeInfinity(value) ? double.MinValue : value;

    /// <summary>The length of a page: <paramref name="byDefault"/> if absent, else from 1 to <paramref name="max"/>.</summary>
    public static int MaxResults(long? value, int byDefault, int max)
    {
        if (value is null)
        {
            return byDefault;
        }

        if (value < 1 || value > max)
        {
            throw ProtocolException.InvalidValue(
                Text(value.Value),
                "max_results",
                $"Hint: Value must be a whole number from 1 to {max}. See the API docs for more information about request parameters.");
        }

        return (int)value.Value;
    }

    /// <summary>A model version's number, which travels as text.</summary>
    public static int Version(string? version)
    {
        if (string.IsNullOrEmpty(version))
        {
            throw ProtocolException.Missing("version");
        }

        return int.TryParse(version, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ProtocolException.Invalid($"Parameter 'version' must be an integer, got '{TextRules.Excerpt(version)}'.");
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Rules for the lists in a request: how long, and with what in them.</summary>
internal static class ListRules
{
    /// <summary>The list, an absent one as empty; refused when too long.</summary>
    public static IReadOnlyList<T> Bounded<T>(IReadOnlyList<T>? items, string parameter, int max)
    {
        if (items is null)
        {
            return [];
        }

        if (items.Count > max)
        {
            throw ProtocolException.Invalid($"'{parameter}' has {items.Count} items and may have at most {max}. Split them over several requests.");
        }

        return items;
    }

    /// <summary>Checks every item; the check gets the item's field name, e.g. <c>metrics[3]</c>.</summary>
    public static List<TOut> Each<TIn, TOut>(IReadOnlyList<TIn> items, string parameter, Func<TIn, string, TOut> check)
    {
        var result = new List<TOut>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            // JSON may say null where the records don't.
            if (items[i] is null)
            {
                throw ProtocolException.Missing($"{parameter}[{i}]");
            }

            result.Add(check(items[i], $"{parameter}[{i}]"));
        }

        return result;
    }

    /// <summary>The experiments that a search looks in, each once.</summary>
    public static IReadOnlyList<string> ExperimentIds(IReadOnlyList<string>? ids) =>
        [.. Each(Bounded(ids, "experiment_ids", Limits.ExperimentsOfSearch), "experiment_ids", IdRules.Experiment).Distinct(StringComparer.Ordinal)];
}
