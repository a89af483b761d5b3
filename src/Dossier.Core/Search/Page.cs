namespace Dossier.Core.Search;

/// <summary>One page of a search.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Items">The items, in the search's order.</param>
/// <param name="NextPageToken">Where the next page starts; null after the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextPageToken);
