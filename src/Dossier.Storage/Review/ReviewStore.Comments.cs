using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Review;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Registry;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Review;

/// <summary>The history of versions, and the comments in it.</summary>
internal sealed partial class ReviewStore
{
    private static readonly SearchTarget History = new()
    {
        Select = ActivityRow.Columns,
        From = "activities a",
        TieBreak = new(new("a.id", ColumnType.Integer), Descending: true),
    };

    public Task<(Page<Activity> Activities, VersionReview? Version)> ListActivitiesAsync(
        string name, int version, int maxResults, string? pageToken, CancellationToken cancel) => database.ReadAsync(async session =>
    {
        // A model that was deleted is found by the name that it had last, unless another has that name now.
        var model = await session.FirstAsync<string?>(
            """
            SELECT COALESCE(
                (SELECT public_id FROM registered_models WHERE name = $1),
                (SELECT public_id FROM deleted_models WHERE name = $1 ORDER BY deleted_at DESC LIMIT 1))
            """,
            static row => row.TextOrNull(0), null, name) ?? throw RegistryErrors.NoVersion(name, version);
        var select = new SelectBuilder(session.Dialect);
        select.Conditions.Add($"a.model_id = {select.Parameter(model)} AND a.version = {select.Parameter((long)version)}");
        var page = await PageSearch.RunAsync(session, History, select, new([], [], maxResults, pageToken), static row => ActivityRow.Read(row).Activity);
        var review = await FindAsync(session, name, version);
        return review is null && page.Items.Count == 0 ? throw RegistryErrors.NoVersion(name, version) : (page, review);
    }, cancel);

    public Task<Activity> CreateCommentAsync(string name, int version, string text, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var locked = await LockedVersion.TakeAsync(session, name, version);
        var comment = (await ActivityRow.AddAsync(session, locked, new() { ActivityType = ActivityType.NewComment, Comment = text }, change)).Activity;
        await EventWriter.WriteAsync(session, change, EventAction.CommentCreate, locked, EventDetail.Changes(
            new("id", null, comment.Id), new("comment", null, text)));
        return comment;
    }, cancel);

    public Task<Activity> UpdateCommentAsync(string id, string text, Reviewer reviewer, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var (version, comment) = await TakeCommentAsync(session, id);
        if (!reviewer.Is(comment.UserId))
        {
            throw ReviewErrors.NotTheAuthor(id, comment.UserId!);
        }

        await session.ExecuteAsync("UPDATE activities SET comment = $2, updated_at = $3 WHERE public_id = $1", id, text, change.At);
        await EventWriter.WriteAsync(session, change, EventAction.CommentUpdate, version, EventDetail.Changes(
            new("id", id, id), new("comment", comment.Comment, text)));
        return comment with { Comment = text, LastUpdatedTimestamp = change.At };
    }, cancel);

    public Task DeleteCommentAsync(string id, Reviewer reviewer, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var (version, comment) = await TakeCommentAsync(session, id);
        if (!reviewer.Is(comment.UserId) && reviewer.Level < PermissionLevel.CanManage)
        {
            throw ReviewErrors.NotTheAuthor(id, comment.UserId!);
        }

        await session.ExecuteAsync("DELETE FROM activities WHERE public_id = $1", id);
        await EventWriter.WriteAsync(session, change, EventAction.CommentDelete, version, EventDetail.Changes(
            new("id", id, null), new("comment", comment.Comment, null), new("author", comment.UserId, null)));
    }, cancel);

    /// <summary>A comment and its version, which are held.</summary>
    private static async ValueTask<(LockedVersion Version, Activity Comment)> TakeCommentAsync(SqlSession session, string id)
    {
        var (name, number) = await session.FirstAsync<(string?, long)>(
            "SELECT m.name, a.version FROM activities a JOIN registered_models m ON m.public_id = a.model_id WHERE a.public_id = $1 AND a.type = $2",
            static row => (row.Text(0), row.Integer(1)), default, id, ActivityType.NewComment);
        var version = name is null ? throw ReviewErrors.NoComment(id) : await LockedVersion.TakeAsync(session, name, number);

        // Locked from here on.
        var comment = await session.FirstAsync<ActivityRow?>(ActivityRow.Select("WHERE a.public_id = $1"), ActivityRow.Read, null, id);
        return (version, comment?.Activity ?? throw ReviewErrors.NoComment(id));
    }
}
