namespace Dossier.Core.Prompts;

/// <summary>The names of events of prompts, in the dialect of 3.x clients.</summary>
internal static class PromptEvents
{
    /// <summary>The model's action, and the event that it is for a prompt.</summary>
    public static IReadOnlyList<(string Action, string Event)> Names { get; } =
    [
        ("registered_model.create", "prompt.created"),
        ("registered_model.set_tag", "prompt_tag.set"),
        ("registered_model.delete_tag", "prompt_tag.deleted"),
        ("registered_model.set_alias", "prompt_alias.created"),
        ("registered_model.delete_alias", "prompt_alias.deleted"),
        ("model_version.create", "prompt_version.created"),
        ("model_version.set_tag", "prompt_version_tag.set"),
        ("model_version.delete_tag", "prompt_version_tag.deleted"),
    ];
}
