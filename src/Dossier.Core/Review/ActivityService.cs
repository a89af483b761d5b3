using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Review;

/// <summary>The history of versions, and the comments in it. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="access">Tells the caller's level.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class ActivityService(IReviewStore store, AccessService access, TimeProvider clock)
{
    private const int DefaultPage = 100;
    private const int MaxPage = 1000;

    /// <summary>The guard of <see cref="ListAsync"/>.</summary>
    public static Guard<ListActivities> MayList { get; } =
        Guards.On<ListActivities>(PermissionLevel.CanRead, ObjectKinds.Model, static m => m.Name);

    /// <summary>One page of a version's history, the newest first; also of a version that was deleted, and for administrators of a model that was.</summary>
    public async Task<Page<Activity>> ListAsync(Granted<ListActivities> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var model = message.Name!;
        var (page, review) = await store.ListActivitiesAsync(
            model,
            NumberRules.Version(message.Version),
            NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage),
            PageTokenRules.Check(message.PageToken),
            cancellationToken);
        if (review is null)
        {
            // The version is gone: nobody changes its history any more.
            return page;
        }

        var viewer = await Reviewer.OfAsync(access, caller, ObjectKinds.Model.Of(model), cancellationToken);
        var open = review.For(viewer).ToDictionary(request => request.Id!);
        return page with
        {
            Items =
            [
                .. page.Items.Select(activity => activity.ActivityType == ActivityType.NewComment
                    ? activity with { AvailableActions = VersionReview.ActionsOn(activity, viewer) }
                    : open.GetValueOrDefault(activity.Id!, activity)),
            ],
        };
    }

    /// <summary>The guard of <see cref="CommentAsync"/>.</summary>
    public static Guard<CreateComment> MayComment { get; } =
        Guards.On<CreateComment>(PermissionLevel.CanRead, ObjectKinds.Model, static m => m.Name);

    /// <summary>Adds a comment to a version.</summary>
    public async Task<Activity> CommentAsync(Granted<CreateComment> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var comment = await store.CreateCommentAsync(
            message.Name!, NumberRules.Version(message.Version), Text(message.Comment), clock.ChangeBy(caller), cancellationToken);
        return comment with { AvailableActions = [ActivityAction.EditComment, ActivityAction.DeleteComment] };
    }

    /// <summary>The guard of <see cref="UpdateCommentAsync"/>.</summary>
    public static Guard<UpdateComment> MayUpdateComment { get; } =
        Guards.On<UpdateComment>(PermissionLevel.CanRead, ObjectKinds.Comment, static m => m.Id);

    /// <summary>Changes one's own comment.</summary>
    public async Task<Activity> UpdateCommentAsync(Granted<UpdateComment> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var id = message.Id!;
        var text = Text(message.Comment);
        var comment = await store.UpdateCommentAsync(id, text, await ReviewerOfAsync(id, caller, cancellationToken), clock.ChangeBy(caller), cancellationToken);
        return comment with { AvailableActions = [ActivityAction.EditComment, ActivityAction.DeleteComment] };
    }

    /// <summary>The guard of <see cref="DeleteCommentAsync"/>.</summary>
    public static Guard<CommentRef> MayDeleteComment { get; } =
        Guards.On<CommentRef>(PermissionLevel.CanRead, ObjectKinds.Comment, static m => m.Id);

    /// <summary>Deletes one's own comment, or with CAN_MANAGE on the model anybody's.</summary>
    public async Task DeleteCommentAsync(Granted<CommentRef> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var id = message.Id!;
        await store.DeleteCommentAsync(id, await ReviewerOfAsync(id, caller, cancellationToken), clock.ChangeBy(caller), cancellationToken);
    }

    private ValueTask<Reviewer> ReviewerOfAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        Reviewer.OfAsync(access, caller, ObjectKinds.Comment.Of(id), cancellationToken);

    private static string Text(string? comment) => TextRules.Required(comment, "comment", Limits.Comment);
}
