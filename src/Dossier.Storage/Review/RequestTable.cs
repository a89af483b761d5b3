using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Registry;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Review;

/// <summary>What becomes of an open request: how its history and the events call it.</summary>
internal sealed record RequestEnd(string ActivityType, EventAction Action)
{
    public static readonly RequestEnd Approved = new(Protocol.ActivityType.ApprovedRequest, EventAction.TransitionRequestApprove);
    public static readonly RequestEnd Rejected = new(Protocol.ActivityType.RejectedRequest, EventAction.TransitionRequestReject);
    public static readonly RequestEnd Cancelled = new(Protocol.ActivityType.CancelledRequest, EventAction.TransitionRequestCancel);
}

/// <summary>A request that was open.</summary>
internal readonly record struct TakenRequest(string Stage, string Creator, long ActivityId);

/// <summary>The open transition requests.</summary>
internal static class RequestTable
{
    private const string Returning = " RETURNING to_stage, user_id, activity_id";

    /// <summary>The open requests of a version, the oldest first.</summary>
    public static async ValueTask<IReadOnlyList<Activity>> OpenAsync(SqlSession session, long modelId, long version)
    {
        var rows = await session.ListAsync(
            ActivityRow.Select("JOIN transition_requests r ON r.activity_id = a.id WHERE r.model_id = $1 AND r.version = $2 ORDER BY a.id"),
            ActivityRow.Read, modelId, version);
        return [.. rows.Select(row => row.Activity)];
    }

    /// <summary>Opens a request; null if the same caller's request for this stage is open already.</summary>
    public static async ValueTask<Activity?> OpenAsync(SqlSession session, LockedVersion version, string stage, string? comment, Change change)
    {
        var row = await ActivityRow.AddAsync(
            session, version, new() { ActivityType = ActivityType.RequestedTransition, FromStage = version.Stage, ToStage = stage, Comment = comment }, change);
        var opened = await session.ExecuteAsync(
            """
            INSERT INTO transition_requests (model_id, version, to_stage, user_id, activity_id) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (model_id, version, to_stage, user_id) DO NOTHING
            """,
            version.Model.Id, version.Number, stage, change.Principal, row.Id);
        return opened == 0 ? null : row.Activity;
    }

    /// <summary>Takes the open requests for a stage out, of one creator or of all, the oldest first.</summary>
    public static async ValueTask<List<TakenRequest>> TakeAsync(SqlSession session, LockedVersion version, string stage, string? creator = null)
    {
        const string ForStage = "DELETE FROM transition_requests WHERE model_id = $1 AND version = $2 AND to_stage = $3";
        return Ordered(creator is null
            ? await session.ListAsync(ForStage + Returning, Read, version.Model.Id, version.Number, stage)
            : await session.ListAsync(ForStage + " AND user_id = $4" + Returning, Read, version.Model.Id, version.Number, stage, creator));
    }

    /// <summary>Writes to history and events how a request that was removed ended.</summary>
    public static async ValueTask<Activity> CloseAsync(
        SqlSession session, LockedVersion version, TakenRequest request, RequestEnd end, string? comment, string? why, Change change)
    {
        var row = await ActivityRow.AddAsync(
            session,
            version,
            new()
            {
                ActivityType = end.ActivityType,
                FromStage = version.Stage,
                ToStage = request.Stage,
                Comment = comment,
                SystemComment = why ?? $"Requested by {request.Creator}.",
            },
            change);
        await EventWriter.WriteAsync(session, change, end.Action, version, EventDetail.Changes(
        [
            new("stage", version.Stage, request.Stage), new("creator", request.Creator, null),
            .. comment is null ? [] : new[] { new FieldChange("comment", null, comment) },
        ]));
        return row.Activity;
    }

    /// <summary>Cancels the open requests of a version that is being deleted.</summary>
    public static async ValueTask CancelAllAsync(SqlSession session, LockedVersion version, Change change)
    {
        var open = await session.ListAsync(
            "DELETE FROM transition_requests WHERE model_id = $1 AND version = $2" + Returning, Read, version.Model.Id, version.Number);
        foreach (var request in Ordered(open))
        {
            await CloseAsync(session, version, request, RequestEnd.Cancelled, null, $"Requested by {request.Creator}; the version was deleted.", change);
        }
    }

    /// <summary>Cancels the open requests of a model that is being deleted.</summary>
    public static async ValueTask CancelAllAsync(SqlSession session, LockedModel model, Change change)
    {
        const string HasRequests = "EXISTS (SELECT 1 FROM transition_requests r WHERE r.model_id = v.model_id AND r.version = v.version)";
        foreach (var version in await LockedVersion.OfAsync(session, model, HasRequests))
        {
            await CancelAllAsync(session, version, change);
        }
    }

    private static TakenRequest Read(SqlRow row) => new(row.SharedText(0), row.SharedText(1), row.Integer(2));

    private static List<TakenRequest> Ordered(List<TakenRequest> requests) => [.. requests.OrderBy(request => request.ActivityId)];
}
