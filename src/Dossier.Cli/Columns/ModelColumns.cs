using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Columns;

/// <summary>The columns of registered models.</summary>
internal static class ModelColumns
{
    public static ColumnSet<RegisteredModel> All { get; } = new(
        [
            new("name", model => model.Name),
            new("latest_versions", LatestVersions),
            new("aliases", Aliases),
            Column<RegisteredModel>.Time("last_updated_timestamp", model => model.LastUpdatedTimestamp),
            Column<RegisteredModel>.Time("creation_timestamp", model => model.CreationTimestamp),
            new("user_id", model => model.UserId),
            new("description", model => model.Description),
        ],
        shownByDefault: 4,
        new Dictionary<string, Func<string, Column<RegisteredModel>>>
        {
            [TagColumn.Prefix] = key => TagColumn.Of<RegisteredModel>(key, model => model.Tags),
        });

    private static string? LatestVersions(RegisteredModel model) => model.LatestVersions is { Count: > 0 } versions
        ? string.Join(", ", versions.Select(version =>
            version.CurrentStage == ModelStage.None ? version.Version : $"{version.Version} {version.CurrentStage}"))
        : null;

    private static string? Aliases(RegisteredModel model) => model.Aliases is { Count: > 0 } aliases
        ? string.Join(", ", aliases.Select(alias => $"@{alias.Alias} {alias.Version}"))
        : null;
}
