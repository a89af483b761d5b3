using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.LoggedModels;

/// <summary>A logged model's row, with its key.</summary>
internal sealed record LoggedModelRow(long Id, LoggedModelInfo Info)
{
    /// <summary>The columns that <see cref="Read"/> takes, from <see cref="From"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "m.id", "m.public_id", "e.public_id", "m.name", "m.created_at", "m.updated_at", "m.artifact_uri", "m.status", "m.model_type", "m.source_run_id",
    ];

    public const string From = "logged_models m JOIN experiments e ON e.id = m.experiment_id";

    public static LoggedModelRow Read(SqlRow row) => new(row.Integer(0), new LoggedModelInfo
    {
        ModelId = row.Text(1),
        ExperimentId = row.SharedText(2),
        Name = row.Text(3),
        CreationTimestampMs = row.Integer(4),
        LastUpdatedTimestampMs = row.Integer(5),
        ArtifactUri = row.Text(6),
        Status = row.SharedText(7),
        ModelType = row.SharedText(8),
        SourceRunId = row.TextOrNull(9),
    });
}
