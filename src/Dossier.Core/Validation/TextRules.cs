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
