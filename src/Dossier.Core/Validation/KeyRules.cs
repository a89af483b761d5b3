using System.Text;
using Dossier.Protocol;

namespace Dossier.Core.Validation;

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
