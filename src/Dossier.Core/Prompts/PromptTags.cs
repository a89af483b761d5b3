using Dossier.Protocol;

namespace Dossier.Core.Prompts;

/// <summary>Prompts: 3.x clients store them as registered models with a tag, and they are hidden among models.</summary>
public static class PromptTags
{
    /// <summary>The tag that marks a prompt and its versions.</summary>
    public const string Marker = WellKnownTags.IsPrompt;

    /// <summary>The marker's value.</summary>
    public const string Marked = "true";

    /// <summary>The tag of a version that holds the prompt's text.</summary>
    internal const string Template = WellKnownTags.PromptText;

    private const string Reserved = "mlflow.prompt.";

    /// <summary>Whether these tags mark a prompt.</summary>
    public static bool IsPrompt(IReadOnlyList<Tag> tags) =>
        tags.Any(tag => tag.Key == Marker && tag.Value.Equals(Marked, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a tag is part of how a prompt is stored, and not one of its users' tags.</summary>
    internal static bool IsReserved(string key) => key.StartsWith(Reserved, StringComparison.Ordinal);
}
