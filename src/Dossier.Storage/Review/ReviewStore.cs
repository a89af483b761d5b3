using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Review;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Registry;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Review;

/// <inheritdoc cref="IReviewStore"/>
internal sealed partial class ReviewStore(SqlDatabase database) : IReviewStore
{
    public Task<ModelVersion> TransitionAsync(StageTransition move, Reviewer reviewer, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var version = await TakeForMoveAsync(session, move, reviewer);
        if (await StageMoves.IsProtectedAsync(session, version, move.Stage))
        {
            throw FourEyes.RequestNeeded(move);
        }

        await StageMoves.MakeAsync(session, version, move, change);
        await ActivityRow.AddAsync(
            session,
            version,
            new() { ActivityType = ActivityType.AppliedTransition, FromStage = version.Stage, ToStage = move.Stage, Comment = move.Comment },
            change);
        return (await VersionReader.FindAsync(session, move.Name, move.Version))!;
    }, cancel);

    public Task<VersionReview> GetAsync(string name, int version, CancellationToken cancel) => database.ReadAsync(
        async session => await FindAsync(session, name, version) ?? throw RegistryErrors.NoVersion(name, version), cancel);

    public Task<VersionReview> CreateRequestAsync(StageTransition move, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var version = await LockedVersion.TakeAsync(session, move.Name, move.Version);
        if (version.Stage == move.Stage)
        {
            throw ReviewErrors.InStage(move);
        }

        var request = await RequestTable.OpenAsync(session, version, move.Stage, move.Comment, change)
            ?? throw ReviewErrors.RequestTaken(move, change.Principal);
        await EventWriter.WriteAsync(session, change, EventAction.TransitionRequestCreate, version, EventDetail.Changes(
            [new("stage", version.Stage, move.Stage), .. move.Comment is null ? [] : new[] { new FieldChange("comment", null, move.Comment) }]));
        var isProtected = await StageMoves.IsProtectedAsync(session, version, move.Stage);
        return new VersionReview(move.Name, move.Version, version.Stage, version.Creator, isProtected, [request]);
    }, cancel);

    public Task<Activity> ApproveAsync(StageTransition move, Reviewer reviewer, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var version = await TakeForMoveAsync(session, move, reviewer);
        var requests = await TakeRequestsAsync(session, version, move);
        if (await StageMoves.IsProtectedAsync(session, version, move.Stage)
            && FourEyes.Forbids(reviewer, move, version.Creator, requests.Select(request => request.Creator)) is { } refusal)
        {
            throw refusal;
        }

        await StageMoves.MakeAsync(session, version, move, change);
        return await CloseAsync(session, version, requests, RequestEnd.Approved, move, change);
    }, cancel);

    public Task<Activity> RejectAsync(StageTransition move, Reviewer reviewer, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var version = await TakeForMoveAsync(session, move, reviewer);
        return await CloseAsync(session, version, await TakeRequestsAsync(session, version, move), RequestEnd.Rejected, move, change);
    }, cancel);

    public Task<Activity> CancelAsync(StageTransition move, string creator, Reviewer reviewer, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var version = await LockedVersion.TakeAsync(session, move.Name, move.Version);
        var requests = await RequestTable.TakeAsync(session, version, move.Stage, creator);
        if (requests.Count == 0)
        {
            throw ReviewErrors.NoRequest(move, creator);
        }

        return reviewer.Is(creator) || reviewer.Level >= PermissionLevel.CanManage
            ? await CloseAsync(session, version, requests, RequestEnd.Cancelled, move, change)
            : throw ReviewErrors.NotTheCreator(move, creator);
    }, cancel);

    /// <summary>The version with its open requests; null if it does not exist.</summary>
    private static async ValueTask<VersionReview?> FindAsync(SqlSession session, string name, int version)
    {
        var (modelId, found) = await session.FirstAsync<(long, VersionReview?)>(
            """
            SELECT m.id, v.stage, v.user_id, (SELECT t.value FROM registered_model_tags t WHERE t.model_id = m.id AND t.key = $3)
            FROM model_versions v JOIN registered_models m ON m.id = v.model_id WHERE m.name = $1 AND v.version = $2
            """,
            row => (row.Integer(0), new(name, version, row.SharedText(1), row.SharedText(2), !row.IsNull(3), [])),
            default,
            name, (long)version, FourEyes.Tag);
        return found is null ? null : found with { Requests = await RequestTable.OpenAsync(session, modelId, version) };
    }

    /// <summary>The version, held, if this reviewer may move it so from the stage that it now has.</summary>
    private static async ValueTask<LockedVersion> TakeForMoveAsync(SqlSession session, StageTransition move, Reviewer reviewer)
    {
        var version = await LockedVersion.TakeAsync(session, move.Name, move.Version);
        reviewer.RequireMove(move.Name, version.Stage, move.Stage);
        return version;
    }

    private static async ValueTask<List<TakenRequest>> TakeRequestsAsync(SqlSession session, LockedVersion version, StageTransition move) =>
        await RequestTable.TakeAsync(session, version, move.Stage) is { Count: > 0 } requests ? requests : throw ReviewErrors.NoRequest(move);

    private static async ValueTask<Activity> CloseAsync(
        SqlSession session, LockedVersion version, List<TakenRequest> requests, RequestEnd end, StageTransition move, Change change)
    {
        Activity? first = null;
        foreach (var request in requests)
        {
            var closed = await RequestTable.CloseAsync(session, version, request, end, move.Comment, null, change);
            first ??= closed;
        }

        return first!;
    }
}
