using Dossier.Core.Search;

namespace Dossier.Core.Prompts;

/// <summary>Whether a search of the registry finds prompts.</summary>
public enum PromptScope
{
    /// <summary>No prompts: the default of a search for models.</summary>
    Hide,

    /// <summary>Prompts only.</summary>
    Only,

    /// <summary>Both.</summary>
    All,
}

/// <summary>Reads from a filter whether prompts are wanted.</summary>
internal static class PromptScopes
{
    /// <summary>
    /// Takes the clauses out of a query that clients send to say which they want: <c>!= 'true'</c> on the marker means objects without that
    /// tag too, while on any other tag it means objects that have it. A filter that uses the marker otherwise looks among both.
    /// </summary>
    public static (SearchQuery Query, PromptScope Scope) Of(SearchQuery query)
    {
        var ofMarker = query.Clauses.Where(clause => clause.Entity == SearchEntity.Tag && clause.Key == PromptTags.Marker).ToList();
        if (ofMarker.Count == 0)
        {
            return (query, PromptScope.Hide);
        }

        var (comparator, scope) = ofMarker.Exists(clause => Is(clause, Comparator.NotEqual))
            ? (Comparator.NotEqual, PromptScope.Hide)
            : (Comparator.Equal, ofMarker.Exists(clause => Is(clause, Comparator.Equal)) ? PromptScope.Only : PromptScope.All);
        return (query with { Clauses = [.. query.Clauses.Where(clause => !ofMarker.Contains(clause) || !Is(clause, comparator))] }, scope);
    }

    private static bool Is(Clause clause, Comparator comparator) => clause.Comparator == comparator && clause.Text == PromptTags.Marked;
}
