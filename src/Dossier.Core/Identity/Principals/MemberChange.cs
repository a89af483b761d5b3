namespace Dossier.Core.Identity;

/// <summary>A change of a group's direct members.</summary>
/// <param name="Replace">Whether all members that are not in <paramref name="Added"/> are removed.</param>
/// <param name="Added">Members to add; those who are members already stay.</param>
/// <param name="Removed">Members to remove; others are ignored.</param>
public sealed record MemberChange(bool Replace, IReadOnlyList<long> Added, IReadOnlyList<long> Removed)
{
    /// <summary>No change.</summary>
    public static MemberChange None { get; } = new(false, [], []);

    /// <summary>These and no others.</summary>
    public static MemberChange To(IReadOnlyList<long> members) => new(true, members, []);

    /// <summary>Whether nothing is asked for.</summary>
    public bool IsNone => !Replace && Added.Count == 0 && Removed.Count == 0;

    /// <summary>This change and then, later in the same request, more members.</summary>
    public MemberChange Add(IReadOnlyList<long> members) => new(Replace, [.. Added.Union(members)], [.. Removed.Except(members)]);

    /// <summary>This change and then, later in the same request, fewer members.</summary>
    public MemberChange Remove(IReadOnlyList<long> members) => new(Replace, [.. Added.Except(members)], [.. Removed.Union(members)]);
}
