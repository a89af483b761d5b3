using Dossier.Core.Access;

namespace Dossier.Core.Identity;

/// <summary>Which principals to list.</summary>
/// <param name="Kind">What they are.</param>
public sealed record PrincipalQuery(PrincipalKind Kind)
{
    /// <summary>Which of them; null for all.</summary>
    public PrincipalFilter? Filter { get; init; }

    /// <summary>The order; among equals by id.</summary>
    public PrincipalField SortBy { get; init; } = PrincipalField.Id;

    /// <summary>Whether the order is from high to low. Missing values come last in both directions.</summary>
    public bool Descending { get; init; }

    /// <summary>The index of the first one to return, from 1.</summary>
    public long StartIndex { get; init; } = 1;

    /// <summary>The largest number to return; 0 only counts.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Whether their groups are asked for.</summary>
    public bool WithGroups { get; init; }

    /// <summary>Whether their members are asked for.</summary>
    public bool WithMembers { get; init; }
}

/// <summary>Some of the principals that match.</summary>
/// <param name="Total">How many match in all.</param>
/// <param name="Items">Those from the start index on; fewer than asked for where they have very many members or groups.</param>
public sealed record PrincipalPage(long Total, IReadOnlyList<Principal> Items);
