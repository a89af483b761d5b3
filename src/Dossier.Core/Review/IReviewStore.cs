using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Core.Review;

/// <summary>
/// The port to transition requests, comments and the history of versions, and to the moves between stages, which the history tells. Whether a move is
/// allowed is decided in its transaction, by the stage that the version then has. Every write is one durable transaction with its event rows.
/// </summary>
/// <remarks>Unknown models and versions throw <c>RESOURCE_DOES_NOT_EXIST</c>; a move that needs more than the reviewer's level, or that the four-eyes rule
/// forbids, throws <c>PERMISSION_DENIED</c>. Activities have no <c>available_actions</c>: those are the viewer's.</remarks>
public interface IReviewStore
{
    /// <summary>Moves the version, and others of that stage to Archived if asked.</summary>
    Task<ModelVersion> TransitionAsync(StageTransition move, Reviewer reviewer, Change change, CancellationToken cancel);

    /// <summary>The version with its open requests.</summary>
    Task<VersionReview> GetAsync(string name, int version, CancellationToken cancel);

    /// <summary>Opens a request.</summary>
    /// <returns>The version with this request alone.</returns>
    /// <exception cref="ProtocolException"><c>RESOURCE_ALREADY_EXISTS</c>: the caller has asked for the same already; <c>INVALID_PARAMETER_VALUE</c>: the version
    /// is in that stage.</exception>
    Task<VersionReview> CreateRequestAsync(StageTransition move, Change change, CancellationToken cancel);

    /// <summary>Moves the version and closes every open request for that.</summary>
    /// <returns>The oldest request, after it ended.</returns>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>: no open request exists.</exception>
    Task<Activity> ApproveAsync(StageTransition move, Reviewer reviewer, Change change, CancellationToken cancel);

    /// <summary>Closes every open request for that move, which is not made.</summary>
    /// <inheritdoc cref="ApproveAsync"/>
    Task<Activity> RejectAsync(StageTransition move, Reviewer reviewer, Change change, CancellationToken cancel);

    /// <summary>Closes one's own request, or with CAN_MANAGE anybody's.</summary>
    /// <inheritdoc cref="ApproveAsync"/>
    Task<Activity> CancelAsync(StageTransition move, string creator, Reviewer reviewer, Change change, CancellationToken cancel);

    /// <summary>Adds a comment.</summary>
    Task<Activity> CreateCommentAsync(string name, int version, string text, Change change, CancellationToken cancel);

    /// <summary>Changes one's own comment.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>: the comment does not exist, or its version was deleted.</exception>
    Task<Activity> UpdateCommentAsync(string id, string text, Reviewer reviewer, Change change, CancellationToken cancel);

    /// <summary>Deletes one's own comment, or with CAN_MANAGE anybody's.</summary>
    /// <inheritdoc cref="UpdateCommentAsync"/>
    Task DeleteCommentAsync(string id, Reviewer reviewer, Change change, CancellationToken cancel);

    /// <summary>One page of a version's history, the newest first; also of a version or model that was deleted.</summary>
    /// <returns>The page, and the version with its open requests; null if it was deleted.</returns>
    Task<(Page<Activity> Activities, VersionReview? Version)> ListActivitiesAsync(
        string name, int version, int maxResults, string? pageToken, CancellationToken cancel);
}
