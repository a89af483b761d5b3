namespace Dossier.Protocol;

/// <summary>Answer of <c>databricks/model-versions/transition-stage</c>: the version with <c>permission_level</c> and <c>open_requests</c>.</summary>
public sealed record DatabricksModelVersionAnswer(ModelVersion ModelVersionDatabricks);

/// <summary>POST <c>transition-requests/create</c>.</summary>
public sealed record CreateTransitionRequest(string? Name, string? Version, string? Stage, string? Comment = null);

/// <summary>POST <c>transition-requests/approve</c>; <c>archive_existing_versions</c> must be said.</summary>
public sealed record ApproveTransitionRequest(string? Name, string? Version, string? Stage, bool? ArchiveExistingVersions, string? Comment = null);

/// <summary>POST <c>transition-requests/reject</c>.</summary>
public sealed record RejectTransitionRequest(string? Name, string? Version, string? Stage, string? Comment = null);

/// <summary>DELETE <c>transition-requests/delete</c>; without a creator the caller's own request is meant.</summary>
public sealed record DeleteTransitionRequest(string? Name, string? Version, string? Stage, string? Creator = null, string? Comment = null);

/// <summary>GET <c>transition-requests/list</c>.</summary>
public sealed record ListTransitionRequests(string? Name, string? Version);

/// <summary>Answer of <c>transition-requests/create</c>.</summary>
public sealed record TransitionRequestAnswer(Activity Request);

/// <summary>Answer of <c>transition-requests/list</c>: the open ones, the oldest first.</summary>
public sealed record TransitionRequestsAnswer(IReadOnlyList<Activity>? Requests);

/// <summary>Answer of <c>transition-requests/approve</c>, <c>reject</c> and <c>delete</c>: what it has become in the history.</summary>
public sealed record ActivityAnswer(Activity Activity);

/// <summary>GET <c>activities/list</c>: the history of a version.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Version">The version's number.</param>
/// <param name="MaxResults">At most this many, 1 to 1,000; default 100.</param>
/// <param name="PageToken">Where the last page ended.</param>
public sealed record ListActivities(string? Name, string? Version, long? MaxResults, string? PageToken);

/// <summary>POST <c>comments/create</c>.</summary>
public sealed record CreateComment(string? Name, string? Version, string? Comment);

/// <summary>PATCH <c>comments/update</c>.</summary>
public sealed record UpdateComment(string? Id, string? Comment);

/// <summary>DELETE <c>comments/delete</c>.</summary>
public sealed record CommentRef(string? Id);

/// <summary>Answer of <c>comments/create</c> and <c>comments/update</c>.</summary>
public sealed record CommentAnswer(Activity Comment);

/// <summary>Answer of <c>activities/list</c>, the newest first.</summary>
public sealed record ActivitiesPage(IReadOnlyList<Activity>? Activities, string? NextPageToken = null);
