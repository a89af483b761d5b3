namespace Dossier.Core.Search;

/// <summary>A key with a meaning of its own that filters and orders may name, e.g. <c>start_time</c> of a run.</summary>
/// <param name="Name">Its canonical name, as clauses carry it.</param>
/// <param name="IsNumber">Whether it is compared with numbers; otherwise with texts.</param>
/// <param name="Aliases">Other names that clients use. All names are compared without case.</param>
public sealed record SearchKey(string Name, bool IsNumber, params IReadOnlyList<string> Aliases)
{
    /// <summary>A text.</summary>
    public static SearchKey Text(string name, params IReadOnlyList<string> aliases) => new(name, false, aliases);

    /// <summary>A number.</summary>
    public static SearchKey Number(string name, params IReadOnlyList<string> aliases) => new(name, true, aliases);

    /// <summary>Whether clients mean this attribute by <paramref name="name"/>.</summary>
    public bool IsCalled(string name) =>
        Name.Equals(name, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);
}
