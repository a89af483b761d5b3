using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Storage.Registry;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Review;

/// <summary>An activity's row, with its key.</summary>
internal sealed record ActivityRow(long Id, Activity Activity)
{
    /// <summary>The columns that <see cref="Read"/> takes, of <c>activities a</c>.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "a.id", "a.public_id", "a.type", "a.user_id", "a.from_stage", "a.to_stage", "a.comment", "a.system_comment", "a.created_at", "a.updated_at",
    ];

    public static string Select(string rest) => $"SELECT {string.Join(", ", Columns)} FROM activities a {rest}";

    public static ActivityRow Read(SqlRow row) => new(row.Integer(0), new Activity
    {
        Id = row.Text(1),
        ActivityType = row.SharedText(2),
        UserId = row.SharedText(3),
        FromStage = row.IsNull(4) ? null : row.SharedText(4),
        ToStage = row.IsNull(5) ? null : row.SharedText(5),
        Comment = row.TextOrNull(6),
        SystemComment = row.TextOrNull(7),
        CreationTimestamp = row.Integer(8),
        LastUpdatedTimestamp = row.Integer(9),
    });

    /// <summary>Adds an activity to a version's history.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="version">The version.</param>
    /// <param name="activity">Its type, stages and comments.</param>
    /// <param name="change">The caller and the time.</param>
    public static async ValueTask<ActivityRow> AddAsync(SqlSession session, LockedVersion version, Activity activity, Change change)
    {
        var added = activity with { Id = Guid.NewGuid().ToString("N"), UserId = change.Principal, CreationTimestamp = change.At, LastUpdatedTimestamp = change.At };
        var id = await session.FirstAsync(
            """
            INSERT INTO activities (public_id, model_id, version, type, user_id, from_stage, to_stage, comment, system_comment, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) RETURNING id
            """,
            static row => row.Integer(0),
            0L,
            added.Id, version.Model.PublicId, version.Number, added.ActivityType, added.UserId, added.FromStage, added.ToStage, added.Comment,
            added.SystemComment, change.At);
        return new(id, added);
    }
}
