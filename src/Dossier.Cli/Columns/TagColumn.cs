using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Columns;

/// <summary>The columns <c>tags.KEY</c>.</summary>
internal static class TagColumn
{
    public const string Prefix = "tags.";

    /// <summary>The column of one tag.</summary>
    public static Column<T> Of<T>(string key, Func<T, IReadOnlyList<Tag>?> tags) =>
        new(Prefix + key, item => tags(item)?.FirstOrDefault(tag => tag.Key == key)?.Value);
}
