namespace Dossier.Core.Access;

/// <summary>What a search may find. Stores put it into their statement, so that pages and counts know nothing of the rest.</summary>
/// <param name="PrincipalIds">The principals of which one must hold CAN_READ or more; null for everything.</param>
public sealed record ReadScope(IReadOnlyList<long>? PrincipalIds)
{
    /// <summary>All there is.</summary>
    public static ReadScope Everything { get; } = new((IReadOnlyList<long>?)null);
}
