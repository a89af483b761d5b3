using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Review;

public abstract class TransitionTests(StoreFixture fixture) : ReviewTests(fixture)
{
    [Fact]
    public async Task Every_move_needs_what_the_stage_that_it_leaves_and_the_one_that_it_enters_need()
    {
        await CreateAsync();
        PermissionLevel[] levels =
        [
            PermissionLevel.CanManageStagingVersions, PermissionLevel.CanManageProductionVersions, PermissionLevel.CanManage,
        ];
        foreach (var (from, to, level) in from f in ModelStage.All from t in ModelStage.All from l in levels select (f, t, l))
        {
            await MoveAsync(Model, 1, from, false, At(5));
            var isAllowed = level > PermissionLevel.CanManageStagingVersions || (from != ModelStage.Production && to != ModelStage.Production);
            if (isAllowed)
            {
                await Review.TransitionAsync(To(to), Reviewer("bo", level), By("bo"), default);
            }
            else
            {
                var message = await RefusedAsync(ErrorCode.PermissionDenied, () => Review.TransitionAsync(To(to), Reviewer("bo", level), By("bo"), default));
                Assert.Equal(
                    "bo does not have permission CAN_MANAGE_PRODUCTION_VERSIONS on registered model 'pcb', only CAN_MANAGE_STAGING_VERSIONS. "
                    + "Somebody with CAN_MANAGE on it can grant more.",
                    message);
            }

            Assert.Equal(isAllowed ? to : from, await StageAsync());
        }
    }

    [Fact]
    public async Task The_history_tells_of_a_move_and_of_those_archived_along()
    {
        await CreateAsync(2);
        await MoveAsync(Model, 1, "Production", false, At(5));
        await Review.TransitionAsync(To("Production", 2, "better", archiveExisting: true), Reviewer("bo", PermissionLevel.CanManage), By("bo", 6), default);

        Assert.Equal(["APPLIED_TRANSITION bo None→Production \"better\""], await HistoryAsync(2));
        Assert.Equal(
            ["APPLIED_TRANSITION ada None→Production", "SYSTEM_TRANSITION bo Production→Archived [Archived because version 2 was moved to Production.]"],
            await HistoryAsync());
        var newest = (await Review.ListActivitiesAsync(Model, 1, 1, null, default)).Activities.Items[0];
        Assert.Equal((6L, 6L), (newest.CreationTimestamp, newest.LastUpdatedTimestamp));
        Assert.Matches("^[0-9a-f]{32}$", newest.Id);
        Assert.Equal(
            """model_version.transition_stage|bo|{"changes":[{"field":"current_stage","from":"None","to":"Production"},{"field":"comment","from":null,"to":"better"}]}""",
            (await EventsOfAsync("pcb/2"))[^1]);
    }

    [Fact]
    public async Task The_history_stays_when_version_or_model_are_deleted_or_renamed()
    {
        await CreateAsync(2);
        await MoveAsync(Model, 1, "Staging", false, At(5));
        await Store.Registry.DeleteVersionAsync(Model, 1, At(6), default);
        Assert.Equal(["APPLIED_TRANSITION ada None→Staging"], await HistoryAsync());

        await MoveAsync(Model, 2, "Staging", false, At(7));
        await Store.Registry.RenameModelAsync(Model, "vit", At(8), default);
        Assert.Equal(["APPLIED_TRANSITION ada None→Staging"], await HistoryAsync(2, "vit"));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => HistoryAsync(2));

        await Store.Registry.DeleteModelAsync("vit", At(9), default);
        Assert.Equal(["APPLIED_TRANSITION ada None→Staging"], await HistoryAsync(2, "vit"));

        await Store.Registry.CreateModelAsync(new() { Name = "vit" }, At(10), default);
        await Store.Registry.CreateVersionAsync(new() { Name = "vit", Source = "s" }, "s", At(11), default);
        Assert.Empty(await HistoryAsync(1, "vit"));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => HistoryAsync(2, "vit"));
    }

    [Fact]
    public async Task The_history_comes_in_pages_without_gap_or_overlap()
    {
        await CreateAsync();
        for (var i = 0; i < 7; i++)
        {
            await Review.CreateCommentAsync(Model, 1, $"{i}", By("bo", i), default);
        }

        var seen = new List<string?>();
        string? token = null;
        do
        {
            var (page, _) = await Review.ListActivitiesAsync(Model, 1, 3, token, default);
            seen.AddRange(page.Items.Select(activity => activity.Comment));
            token = page.NextPageToken;
        }
        while (token is not null);

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], seen);
    }
}

public sealed class SqliteTransitionTests() : TransitionTests(new SqliteFixture());

public sealed class PostgresTransitionTests() : TransitionTests(new PostgresFixture());
