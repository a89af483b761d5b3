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
