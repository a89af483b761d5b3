namespace Dossier.Protocol;

/// <summary>
/// Something that people did with a model version: moved it to another stage, asked for that, decided about it, commented on it.
/// Transition requests and comments are activities too, and have this shape on the wire.
/// </summary>
public sealed record Activity
{
    /// <summary>32 hex digits.</summary>
    public string? Id { get; init; }

    /// <summary>When, in milliseconds since the epoch.</summary>
    public long? CreationTimestamp { get; init; }

    /// <summary>Last change (of a comment), in milliseconds since the epoch.</summary>
    public long? LastUpdatedTimestamp { get; init; }

    /// <summary>Who did it.</summary>
    public string? UserId { get; init; }

    /// <summary>One of <see cref="Protocol.ActivityType"/>.</summary>
    public string? ActivityType { get; init; }

    /// <summary>What they said: a comment's text, or the reason of an action.</summary>
    public string? Comment { get; init; }

    /// <summary>The stage that the version was in; absent for comments.</summary>
    public string? FromStage { get; init; }

    /// <summary>The stage that it moved to or was to move to; absent for comments.</summary>
    public string? ToStage { get; init; }

    /// <summary>What the server has to add, e.g. whose request was approved, or why a version was archived along.</summary>
    public string? SystemComment { get; init; }

    /// <summary>What whoever asked may do with it: some of <see cref="ActivityAction"/>.</summary>
    public IReadOnlyList<string>? AvailableActions { get; init; }
}

/// <summary>What an <see cref="Activity"/> is about.</summary>
public static class ActivityType
{
    /// <summary>Moved the version to another stage.</summary>
    public const string AppliedTransition = "APPLIED_TRANSITION";

    /// <summary>Asked for a move to another stage.</summary>
    public const string RequestedTransition = "REQUESTED_TRANSITION";

    /// <summary>Took a request back.</summary>
    public const string CancelledRequest = "CANCELLED_REQUEST";

    /// <summary>Approved a request, which moved the version.</summary>
    public const string ApprovedRequest = "APPROVED_REQUEST";

    /// <summary>Rejected a request.</summary>
    public const string RejectedRequest = "REJECTED_REQUEST";

    /// <summary>Commented on the version.</summary>
    public const string NewComment = "NEW_COMMENT";

    /// <summary>Caused a move of this version by moving another one.</summary>
    public const string SystemTransition = "SYSTEM_TRANSITION";
}

/// <summary>What can be done with an <see cref="Activity"/>.</summary>
public static class ActivityAction
{
    /// <summary>Approve the transition request.</summary>
    public const string ApproveTransitionRequest = "APPROVE_TRANSITION_REQUEST";

    /// <summary>Reject the transition request.</summary>
    public const string RejectTransitionRequest = "REJECT_TRANSITION_REQUEST";

    /// <summary>Cancel the transition request.</summary>
    public const string CancelTransitionRequest = "CANCEL_TRANSITION_REQUEST";

    /// <summary>Change the comment.</summary>
    public const string EditComment = "EDIT_COMMENT";

    /// <summary>Delete the comment.</summary>
    public const string DeleteComment = "DELETE_COMMENT";
}
