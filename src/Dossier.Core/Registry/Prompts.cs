using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Core.Registry;

/// <summary>Prompts: 3.x clients keep them as registered models with a tag, and nobody expects them among models.</summary>
public static class Prompts
{
    /// <summary>The tag that marks a prompt and its versions, with the value <c>true</c>.</summary>
    public const string Tag = "mlflow.prompt.is_prompt";

    /// <summary>What the keys of tags start with that say things of a prompt which are no tags to its users.</summary>
    internal const string Reserved = "mlflow.prompt.";

    private const string Yes = "true";

    /// <summary>The query, with prompts left out unless it speaks of them itself.</summary>
    internal static SearchQuery LeaveOut(SearchQuery query) =>
        query.Clauses.Any(clause => clause is { Entity: SearchEntity.Tag, Key: Tag })
            ? query
            : query with { Clauses = [.. query.Clauses, new Clause(SearchEntity.Tag, Tag, Comparator.NotEqual) { Text = Yes }] };

    /// <summary>Whether these tags mark a prompt.</summary>
    public static bool IsPrompt(IReadOnlyList<Tag> tags) =>
        tags.Any(tag => tag.Key == Tag && tag.Value.Equals(Yes, StringComparison.OrdinalIgnoreCase));
}
