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

    /// <summary>One page of a version's history, the newest first; also of a version that was deleted, and for administrators of a model that was.</summary>
    public async Task<Page<Activity>> ListAsync(
        string? name, string? version, long? maxResults, string? pageToken, Caller caller, CancellationToken cancel)
    {
        var model = RegistryRules.Name(name);
        var (page, review) = await store.ListActivitiesAsync(
            model, NumberRules.Version(version), NumberRules.MaxResults(maxResults, DefaultPage, MaxPage), PageTokenRules.Check(pageToken), cancel);
        if (review is null)
        {
            // The version is gone: nobody changes its history any more.
            return page;
        }

        var viewer = await Reviewer.OfAsync(access, caller, ObjectKinds.Model.Of(model), cancel);
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

    /// <summary>Adds a comment to a version.</summary>
    public async Task<Activity> CommentAsync(CreateComment message, Caller caller, CancellationToken cancel)
    {
        var comment = await store.CreateCommentAsync(
            RegistryRules.Name(message.Name), NumberRules.Version(message.Version), Text(message.Comment), clock.ChangeBy(caller), cancel);
        return comment with { AvailableActions = [ActivityAction.EditComment, ActivityAction.DeleteComment] };
    }

    /// <summary>Changes one's own comment.</summary>
    public async Task<Activity> UpdateCommentAsync(UpdateComment message, Caller caller, CancellationToken cancel)
    {
        var id = IdRules.Activity(message.Id);
        var text = Text(message.Comment);
        var comment = await store.UpdateCommentAsync(id, text, await ReviewerOfAsync(id, caller, cancel), clock.ChangeBy(caller), cancel);
        return comment with { AvailableActions = [ActivityAction.EditComment, ActivityAction.DeleteComment] };
    }

    /// <summary>Deletes one's own comment, or with CAN_MANAGE on the model anybody's.</summary>
    public async Task DeleteCommentAsync(CommentRef message, Caller caller, CancellationToken cancel)
    {
        var id = IdRules.Activity(message.Id);
        await store.DeleteCommentAsync(id, await ReviewerOfAsync(id, caller, cancel), clock.ChangeBy(caller), cancel);
    }

    private ValueTask<Reviewer> ReviewerOfAsync(string id, Caller caller, CancellationToken cancel) =>
        Reviewer.OfAsync(access, caller, ObjectKinds.Comment.Of(id), cancel);

    private static string Text(string? comment) => TextRules.Required(comment, "comment", Limits.Comment);
}
