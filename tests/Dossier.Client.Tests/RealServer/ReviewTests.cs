namespace Dossier.Client.Tests.RealServer;

public sealed class ReviewTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private ReviewClient Reviews => server.Client.Review;

    [Fact]
    public async Task A_version_is_asked_for_moved_and_commented_on()
    {
        await server.Client.RegisteredModels.CreateAsync(new() { Name = "reviewed" });
        await server.Client.ModelVersions.CreateAsync(new() { Name = "reviewed", Source = "s3://b/m" });

        var request = await Reviews.CreateRequestAsync("reviewed", "1", ModelStage.Staging, "please");
        Assert.Equal(("REQUESTED_TRANSITION", "None", "Staging", "please"), (request.ActivityType, request.FromStage, request.ToStage, request.Comment));
        var open = (await Reviews.ListRequestsAsync("reviewed", "1")).Single();
        Assert.Equal(request.Id, open.Id);
        Assert.Equal(
            [ActivityAction.CancelTransitionRequest, ActivityAction.ApproveTransitionRequest, ActivityAction.RejectTransitionRequest], open.AvailableActions!);
        Assert.Equal(ActivityType.ApprovedRequest, (await Reviews.ApproveAsync("reviewed", "1", ModelStage.Staging, archiveExisting: true)).ActivityType);
        Assert.Empty(await Reviews.ListRequestsAsync("reviewed", "1"));

        await Reviews.CreateRequestAsync("reviewed", "1", ModelStage.Archived);
        await Reviews.RejectAsync("reviewed", "1", ModelStage.Archived, "no");
        await Reviews.CreateRequestAsync("reviewed", "1", ModelStage.Archived);
        await Reviews.CancelRequestAsync("reviewed", "1", ModelStage.Archived, creator: "local", comment: "never mind");

        var comment = await Reviews.CommentAsync("reviewed", "1", "good");
        Assert.Equal("very good & ß", (await Reviews.UpdateCommentAsync(comment.Id!, "very good & ß")).Comment);
        await Reviews.CreateRequestAsync("reviewed", "1", ModelStage.Production);
        var moved = await Reviews.TransitionStageAsync("reviewed", "1", ModelStage.Archived, comment: "old");
        Assert.Equal(("Archived", "CAN_MANAGE", 1), (moved.CurrentStage, moved.PermissionLevel, moved.OpenRequests?.Count));

        Assert.Equal(
            [
                "APPLIED_TRANSITION", "REQUESTED_TRANSITION", "NEW_COMMENT", "CANCELLED_REQUEST", "REQUESTED_TRANSITION", "REJECTED_REQUEST", "REQUESTED_TRANSITION",
                "APPROVED_REQUEST", "REQUESTED_TRANSITION",
            ],
            await Reviews.ListActivitiesAsync("reviewed", "1").Select(activity => activity.ActivityType).ToListAsync());
        await Reviews.DeleteCommentAsync(comment.Id!);
        Assert.DoesNotContain((await Reviews.ListActivitiesPageAsync("reviewed", "1")).Activities!, activity => activity.ActivityType == ActivityType.NewComment);
        Assert.NotNull((await Reviews.ListActivitiesPageAsync("reviewed", "1", maxResults: 2)).NextPageToken);
    }
}
