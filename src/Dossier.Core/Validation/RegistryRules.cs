using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for names, stages and aliases of the model registry.</summary>
internal static class RegistryRules
{
    /// <summary>A name to look a registered model up by.</summary>
    public static string Name(string? name, string parameter = "name") => TextRules.Required(name, parameter, Limits.RegisteredModelName);

    /// <summary>A name to give to a registered model: one that can stand in a model URI.</summary>
    public static string NewName(string? name, string parameter = "name")
    {
        var text = Name(name, parameter);
        if (text.Any(c => c is '/' or ':' || char.IsControl(c)) || string.IsNullOrWhiteSpace(text) || text is "." or "..")
        {
            throw ProtocolException.InvalidValue(
                TextRules.Excerpt(text),
                parameter,
                "Registered model name must not be blank, '.' or '..', and must not contain '/', ':' or control characters, so that it can be used in 'models:/name/version'.");
        }

        return text;
    }

    /// <summary>The stage by its canonical name; requests may write it in any case.</summary>
    public static string Stage(string? stage, string parameter = "stage")
    {
        if (string.IsNullOrEmpty(stage))
        {
            throw ProtocolException.Missing(parameter);
        }

        return ModelStage.All.FirstOrDefault(known => known.Equals(stage, StringComparison.OrdinalIgnoreCase))
            ?? throw ProtocolException.Invalid(
                $"Invalid Model Version stage: {TextRules.Excerpt(stage)}. Value must be one of {string.Join(", ", ModelStage.All)}.");
    }

    /// <summary>An alias to look up or delete.</summary>
    public static string Alias(string? alias) => TextRules.Required(alias, "alias", Limits.Alias);

    /// <summary>An alias to set: letters, digits, '_' and '-', nothing that reads as a version.</summary>
    public static string NewAlias(string? alias)
    {
        var text = Alias(alias);
        if (IsLatest(text))
        {
            throw ProtocolException.Invalid("'latest' alias name (case insensitive) is reserved.");
        }

        if (IsVersionLike(text))
        {
            throw ProtocolException.Invalid($"Version alias name '{text}' is reserved: 'v' followed by digits is read as a version number.");
        }

        if (!text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-'))
        {
            throw ProtocolException.InvalidValue(
                TextRules.Excerpt(text), "alias", "Names may only contain letters and digits, underscores (_) and dashes (-).");
        }

        return text;
    }

    /// <summary>Whether it is the reserved alias that means the newest version.</summary>
    public static bool IsLatest(string alias) => alias.Equals("latest", StringComparison.OrdinalIgnoreCase);

    private static bool IsVersionLike(string alias) =>
        alias.Length > 1 && alias[0] is 'v' or 'V' && !alias.AsSpan(1).ContainsAnyExceptInRange('0', '9');
}
