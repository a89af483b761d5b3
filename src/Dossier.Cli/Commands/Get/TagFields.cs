using Dossier.Protocol;

namespace Dossier.Cli.Commands.Get;

/// <summary>Tags as names and values.</summary>
internal static class TagFields
{
    /// <summary>The tags in their order.</summary>
    public static IReadOnlyCollection<(string Name, string Value)>? Of(IReadOnlyList<Tag>? tags) =>
        tags?.Select(tag => (tag.Key, tag.Value)).ToList();
}
