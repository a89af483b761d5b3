using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Output;

namespace Dossier.Cli.Columns;

/// <summary>The columns that a listing can show.</summary>
/// <param name="known">Those with a fixed name.</param>
/// <param name="shownByDefault">How many of <paramref name="known"/>, from the first, are shown when the user names none.</param>
/// <param name="keyed">Those named by a prefix and a key, such as <c>metrics.loss</c>: prefix, and value by key.</param>
internal sealed class ColumnSet<T>(
    IReadOnlyList<Column<T>> known, int shownByDefault, IReadOnlyDictionary<string, Func<string, Column<T>>> keyed)
{
    /// <summary>The names, as help and errors say them.</summary>
    public string Names => string.Join(", ", known.Select(column => column.Name).Concat(keyed.Keys.Select(prefix => prefix + "KEY")));

    /// <summary>The columns that the user asked for.</summary>
    /// <param name="names">Names separated by commas; null for the default.</param>
    /// <exception cref="UsageException">A name is unknown.</exception>
    public IReadOnlyList<Column<T>> Choose(string? names) => names is null
        ? [.. known.Take(shownByDefault)]
        : [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Find)];

    private Column<T> Find(string name)
    {
        var prefix = keyed.Keys.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length);
        return known.FirstOrDefault(column => column.Name == name)
            ?? (prefix is null ? null : keyed[prefix](name[prefix.Length..]))
            ?? throw new UsageException($"Unknown column '{name}': use {Names}.");
    }
}
