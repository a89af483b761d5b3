using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Calls about reviews of model versions: transition requests, comments and the history. For Dossier servers and the workspace registry
/// of Databricks. Every call throws <see cref="ProtocolException"/> when the server refuses or can't be reached.
/// </summary>
public sealed class ReviewClient
{
    private readonly Api _api;

    internal ReviewClient(Api api) => _api = api;

    /// <summary>Moves a version to a stage at once, which needs the permission for it.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="stage">One of <see cref="ModelStage"/>.</param>
    /// <param name="archiveExisting">Whether the versions that are in this stage move to <c>Archived</c>; only for Staging and Production.</param>
    /// <param name="comment">Why.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The version with <see cref="ModelVersion.PermissionLevel"/> and <see cref="ModelVersion.OpenRequests"/>.</returns>
    public async Task<ModelVersion> TransitionStageAsync(
        string name, string version, string stage, bool archiveExisting = false, string? comment = null, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<TransitionStage, DatabricksModelVersionAnswer>(
            HttpMethod.Post, "databricks/model-versions/transition-stage", new(name, version, stage, archiveExisting, comment), Repeat.Safe, cancellationToken))
        .ModelVersionDatabricks;

    /// <summary>Asks for a move to a stage.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_ALREADY_EXISTS</c>: one's own request for the same is open.</exception>
    public async Task<Activity> CreateRequestAsync(
        string name, string version, string stage, string? comment = null, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<CreateTransitionRequest, TransitionRequestAnswer>(
            HttpMethod.Post, "transition-requests/create", new(name, version, stage, comment), Repeat.OnlyIfNothingHappened, cancellationToken)).Request;

    /// <summary>The open requests, the oldest first, with what the caller may do with each.</summary>
    public async Task<IReadOnlyList<Activity>> ListRequestsAsync(string name, string version, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<TransitionRequestsAnswer>("transition-requests/list", Key(name, version), cancellationToken)).Requests ?? [];

    /// <summary>Approves what was asked for: the version moves, and all open requests for this stage are closed.</summary>
    public async Task<Activity> ApproveAsync(
        string name, string version, string stage, bool archiveExisting = false, string? comment = null, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<ApproveTransitionRequest, ActivityAnswer>(
            HttpMethod.Post, "transition-requests/approve", new(name, version, stage, archiveExisting, comment), Repeat.OnlyIfNothingHappened, cancellationToken))
        .Activity;

    /// <summary>Rejects what was asked for: all open requests for this stage are closed.</summary>
    public async Task<Activity> RejectAsync(
        string name, string version, string stage, string? comment = null, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<RejectTransitionRequest, ActivityAnswer>(
            HttpMethod.Post, "transition-requests/reject", new(name, version, stage, comment), Repeat.OnlyIfNothingHappened, cancellationToken)).Activity;

    /// <summary>Takes a request back.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="stage">The stage that was asked for.</param>
    /// <param name="creator">Who asked; a Dossier server takes null for the caller.</param>
    /// <param name="comment">Why.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Activity> CancelRequestAsync(
        string name, string version, string stage, string? creator = null, string? comment = null, CancellationToken cancellationToken = default) =>
        (await _api.DeleteAsync<ActivityAnswer>(
            "transition-requests/delete",
            Key(name, version).Add("stage", stage).Add("creator", creator).Add("comment", comment),
            Repeat.OnlyIfNothingHappened,
            cancellationToken)).Activity;

    /// <summary>Comments on a version.</summary>
    public async Task<Activity> CommentAsync(string name, string version, string comment, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<CreateComment, CommentAnswer>(
            HttpMethod.Post, "comments/create", new(name, version, comment), Repeat.OnlyIfNothingHappened, cancellationToken)).Comment;

    /// <summary>Changes one's own comment.</summary>
    public async Task<Activity> UpdateCommentAsync(string id, string comment, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<UpdateComment, CommentAnswer>(HttpMethod.Patch, "comments/update", new(id, comment), Repeat.Safe, cancellationToken)).Comment;

    /// <summary>Deletes a comment: one's own, or with CAN_MANAGE on the model anybody's.</summary>
    public Task DeleteCommentAsync(string id, CancellationToken cancellationToken = default) =>
        _api.DeleteAsync("comments/delete", new Query().Add("id", id), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>One page of a version's history, the newest first (Dossier servers).</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version, also one that was deleted.</param>
    /// <param name="maxResults">1 to 1,000; null: 100.</param>
    /// <param name="pageToken">The last page's <see cref="ActivitiesPage.NextPageToken"/>; null: the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ActivitiesPage> ListActivitiesPageAsync(
        string name, string version, int? maxResults = null, string? pageToken = null, CancellationToken cancellationToken = default) =>
        _api.GetAsync<ActivitiesPage>("activities/list", Key(name, version).Add("max_results", maxResults).Add("page_token", pageToken), cancellationToken);

    /// <summary>A version's history, the newest first (Dossier servers).</summary>
    public IAsyncEnumerable<Activity> ListActivitiesAsync(string name, string version, CancellationToken cancellationToken = default) => Paging.AllAsync(
        async (token, stop) =>
        {
            var page = await ListActivitiesPageAsync(name, version, pageToken: token, cancellationToken: stop);
            return (page.Activities, page.NextPageToken);
        },
        null,
        cancellationToken);

    private static Query Key(string name, string version) => new Query().Add("name", name).Add("version", version);
}
