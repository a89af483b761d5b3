using Dossier.Core.Access;
using Dossier.Core.Review;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Review;

public abstract class CommentTests(StoreFixture fixture) : ReviewTests(fixture)
{
    private static readonly Reviewer Bo = Reviewer("bo", PermissionLevel.CanRead);

    [Fact]
    public async Task A_comment_is_in_the_history_and_changes_and_goes_with_events()
    {
        await CreateAsync();
        var comment = await Review.CreateCommentAsync(Model, 1, "good", By("bo", 10), default);
        Assert.Equal(("NEW_COMMENT", "bo", "good", null, null), (comment.ActivityType, comment.UserId, comment.Comment, comment.FromStage, comment.ToStage));

        var changed = await Review.UpdateCommentAsync(comment.Id!, "very good", Bo, By("bo", 11), default);
        Assert.Equal((comment.Id, "very good", 10L, 11L), (changed.Id, changed.Comment, changed.CreationTimestamp, changed.LastUpdatedTimestamp));
        Assert.Equal(changed, (await Review.ListActivitiesAsync(Model, 1, 10, null, default)).Activities.Items.Single());

        await Review.DeleteCommentAsync(comment.Id!, Bo, By("bo", 12), default);
        Assert.Empty(await HistoryAsync());
        Assert.Equal(
            [
                $$"""comment.create|bo|{"changes":[{"field":"id","from":null,"to":"{{comment.Id}}"},{"field":"comment","from":null,"to":"good"}]}""",
                $$"""comment.update|bo|{"changes":[{"field":"id","from":"{{comment.Id}}","to":"{{comment.Id}}"},{"field":"comment","from":"good","to":"very good"}]}""",
                $$"""comment.delete|bo|{"changes":[{"field":"id","from":"{{comment.Id}}","to":null},{"field":"comment","from":"very good","to":null},{"field":"author","from":"bo","to":null}]}""",
            ],
            (await EventsOfAsync("pcb/1"))[1..]);
    }

    [Fact]
    public async Task Nobody_changes_the_comment_of_somebody_else_and_managers_delete_it()
    {
        await CreateAsync();
        var comment = await Review.CreateCommentAsync(Model, 1, "good", By("bo"), default);
        var manager = Reviewer("di", PermissionLevel.CanManage);
        await RefusedAsync(ErrorCode.PermissionDenied, () => Review.UpdateCommentAsync(comment.Id!, "bad", manager, By("di"), default));
        await RefusedAsync(
            ErrorCode.PermissionDenied, () => Review.DeleteCommentAsync(comment.Id!, Reviewer("di", PermissionLevel.CanManageProductionVersions), By("di"), default));
        await Review.DeleteCommentAsync(comment.Id!, manager, By("di"), default);
        Assert.Empty(await HistoryAsync());
    }

    [Fact]
    public async Task What_is_no_comment_or_is_gone_is_not_found()
    {
        await CreateAsync();
        var request = (await RequestAsync("bo", "Staging")).Requests.Single();
        var comment = await Review.CreateCommentAsync(Model, 1, "good", By("bo"), default);
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Review.DeleteCommentAsync(request.Id!, Bo, By("bo"), default));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Review.UpdateCommentAsync("nope", "x", Bo, By("bo"), default));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Review.CreateCommentAsync(Model, 2, "x", By("bo"), default));

        await Store.Registry.DeleteVersionAsync(Model, 1, At(9), default);
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Review.UpdateCommentAsync(comment.Id!, "x", Bo, By("bo"), default));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Review.DeleteCommentAsync(comment.Id!, Bo, By("bo"), default));
        Assert.Contains("NEW_COMMENT bo \"good\"", await HistoryAsync());
    }
}

public sealed class SqliteCommentTests() : CommentTests(new SqliteFixture());

public sealed class PostgresCommentTests() : CommentTests(new PostgresFixture());
