namespace Dossier.Core.Search;

/// <summary>A column of a kind of object that filters and orders may name.</summary>
/// <param name="Name">Its canonical name, as clauses carry it.</param>
/// <param name="IsNumber">Whether it is compared with numbers; otherwise with strings.</param>
/// <param name="Aliases">Other names that clients use. All names are compared without case.</param>
internal sealed record SearchAttribute(string Name, bool IsNumber, params string[] Aliases)
{
    /// <summary>A text column.</summary>
    public static SearchAttribute Text(string name, params string[] aliases) => new(name, false, aliases);

    /// <summary>A numeric column.</summary>
    public static SearchAttribute Number(string name, params string[] aliases) => new(name, true, aliases);

    /// <summary>Whether clients mean this attribute by <paramref name="name"/>.</summary>
    public bool IsCalled(string name) =>
        Name.Equals(name, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);
}
