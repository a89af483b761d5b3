using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Columns;

/// <summary>The columns of model versions.</summary>
internal static class VersionColumns
{
    public static ColumnSet<ModelVersion> All { get; } = new(
        [
            new("name", version => version.Name),
            new("version", version => version.Version, ColumnKind.Number),
            new("current_stage", version => version.CurrentStage, ColumnKind.State),
            new("aliases", version => version.Aliases is { Count: > 0 } aliases ? string.Join(", ", aliases.Select(alias => "@" + alias)) : null),
            Column<ModelVersion>.Time("creation_timestamp", version => version.CreationTimestamp),
            new("run_id", version => version.RunId, ColumnKind.Id),
            Column<ModelVersion>.Time("last_updated_timestamp", version => version.LastUpdatedTimestamp),
            new("status", version => version.Status, ColumnKind.State),
            new("user_id", version => version.UserId),
            new("source", version => version.Source),
            new("description", version => version.Description),
            new("model_id", version => version.ModelId, ColumnKind.Id),
        ],
        shownByDefault: 5,
        new Dictionary<string, Func<string, Column<ModelVersion>>>
        {
            [TagColumn.Prefix] = key => TagColumn.Of<ModelVersion>(key, version => version.Tags),
        });
}
