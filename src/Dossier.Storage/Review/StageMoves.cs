using Dossier.Core.Audit;
using Dossier.Core.Review;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Registry;
using Dossier.Storage.Sql;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Review;

/// <summary>Moves versions between stages, in a transaction that holds their model.</summary>
internal static class StageMoves
{
    /// <summary>Whether the model is under the four-eyes rule, if the move is one that it protects.</summary>
    public static async ValueTask<bool> IsProtectedAsync(SqlSession session, LockedVersion version, string stage) =>
        FourEyes.Protects(version.Stage, stage) && await TagTable.OfModels.FindAsync(session, version.Model.Id, FourEyes.Tag) is not null;

    /// <summary>Makes a move that is allowed, with those that it brings along.</summary>
    public static async ValueTask MakeAsync(SqlSession session, LockedVersion version, StageTransition move, Change change)
    {
        if (move.ArchiveExisting)
        {
            await ArchiveOthersAsync(session, version, move.Stage, change);
        }

        await MoveAsync(session, version, move.Stage, move.Comment, change);
        await session.ExecuteAsync("UPDATE registered_models SET updated_at = $2 WHERE id = $1", version.Model.Id, change.At);
    }

    private static async ValueTask ArchiveOthersAsync(SqlSession session, LockedVersion promoted, string stage, Change change)
    {
        var others = await LockedVersion.OfAsync(session, promoted.Model, "v.stage = $2 AND v.version <> $3", stage, promoted.Number);
        foreach (var other in others)
        {
            await MoveAsync(session, other, ModelStage.Archived, null, change);
            await ActivityRow.AddAsync(
                session,
                other,
                new()
                {
                    ActivityType = ActivityType.SystemTransition,
                    FromStage = other.Stage,
                    ToStage = ModelStage.Archived,
                    SystemComment = $"Archived because version {promoted.Number} was moved to {stage}.",
                },
                change);
        }
    }

    private static async ValueTask MoveAsync(SqlSession session, LockedVersion version, string stage, string? comment, Change change)
    {
        await session.ExecuteAsync("UPDATE model_versions SET stage = $2, updated_at = $3 WHERE id = $1", version.Id, stage, change.At);
        await EventWriter.WriteAsync(session, change, EventAction.ModelVersionTransition, version, EventDetail.Changes(
            [new("current_stage", version.Stage, stage), .. comment is null ? [] : new[] { new FieldChange("comment", null, comment) }]));
    }
}
