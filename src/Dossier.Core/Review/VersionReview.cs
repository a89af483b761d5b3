using Dossier.Core.Access;
using Dossier.Protocol;

namespace Dossier.Core.Review;

/// <summary>A version as far as decisions about it are concerned.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Version">The version.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="Creator">Its creator.</param>
/// <param name="UnderFourEyes">Whether the model is under the four-eyes rule.</param>
/// <param name="Requests">Open requests, the oldest first.</param>
public sealed record VersionReview(string Name, int Version, string Stage, string? Creator, bool UnderFourEyes, IReadOnlyList<Activity> Requests)
{
    /// <summary>The open requests with what this viewer may do with each.</summary>
    public IReadOnlyList<Activity> For(Reviewer viewer) => [.. Requests.Select(request => request with { AvailableActions = Actions(request, viewer) })];

    /// <summary>A comment's available actions: its author edits and deletes it, CAN_MANAGE deletes it.</summary>
    public static IReadOnlyList<string> ActionsOn(Activity comment, Reviewer viewer) =>
        viewer.Is(comment.UserId) ? [ActivityAction.EditComment, ActivityAction.DeleteComment]
        : viewer.Level >= PermissionLevel.CanManage ? [ActivityAction.DeleteComment]
        : [];

    private List<string> Actions(Activity request, Reviewer viewer)
    {
        var actions = new List<string>();
        if (viewer.Is(request.UserId) || viewer.Level >= PermissionLevel.CanManage)
        {
            actions.Add(ActivityAction.CancelTransitionRequest);
        }

        if (viewer.MayMove(Stage, request.ToStage!))
        {
            if (MayApprove(viewer, request.ToStage!))
            {
                actions.Add(ActivityAction.ApproveTransitionRequest);
            }

            actions.Add(ActivityAction.RejectTransitionRequest);
        }

        return actions;
    }

    private bool MayApprove(Reviewer viewer, string stage) =>
        !UnderFourEyes || !FourEyes.Protects(Stage, stage)
        || FourEyes.Forbids(
            viewer, new(Name, Version, stage, false, null), Creator, Requests.Where(other => other.ToStage == stage).Select(other => other.UserId)) is null;
}
