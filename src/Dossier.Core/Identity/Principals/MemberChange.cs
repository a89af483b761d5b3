namespace Dossier.Core.Identity;

/// <summary>A change of a group's direct members.</summary>
/// <param name="Replace">Whether all who are not in <paramref name="Added"/> leave.</param>
/// <param name="Added">Who is in it afterwards; harmless for those who are already.</param>
/// <param name="Removed">Who is not in it afterwards; harmless for those who are not.</param>
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
