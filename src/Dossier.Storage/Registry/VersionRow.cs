using System.Globalization;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Registry;

/// <summary>A version's row, with the keys by which its tags and aliases are found.</summary>
internal sealed record VersionRow(long Id, long ModelId, long Number, ModelVersion Version)
{
    /// <summary>The columns that <see cref="Read"/> takes, from <see cref="From"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "v.id", "v.model_id", "v.version", "m.name", "v.created_at", "v.updated_at", "v.user_id", "v.stage", "v.description", "v.source",
        "v.run_id", "v.run_link", "v.logged_model_id",
    ];

    public const string From = "model_versions v JOIN registered_models m ON m.id = v.model_id";

    public static string Select(string condition) => $"SELECT {string.Join(", ", Columns)} FROM {From} WHERE {condition}";

    public static VersionRow Read(SqlRow row) => new(row.Integer(0), row.Integer(1), row.Integer(2), new ModelVersion
    {
        Name = row.SharedText(3),
        Version = row.Integer(2).ToString(CultureInfo.InvariantCulture),
        CreationTimestamp = row.Integer(4),
        LastUpdatedTimestamp = row.Integer(5),
        UserId = row.SharedText(6) is { Length: > 0 } user ? user : null,
        CurrentStage = row.SharedText(7),
        Description = row.TextOrNull(8),
        Source = row.Text(9),
        RunId = row.TextOrNull(10),
        RunLink = row.TextOrNull(11),
        ModelId = row.TextOrNull(12),
        Status = "READY",
    });
}
