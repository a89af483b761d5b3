using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Review;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Review;

/// <summary>What tests of the review share: the model <c>pcb</c>, whose versions Ada made, and short words for what people do.</summary>
public abstract class ReviewTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    protected const string Model = "pcb";

    protected IReviewStore Review => Store.Review;

    protected static Change By(string name, long time = 100) => new(name, time);

    protected static StageTransition To(string stage, int version = 1, string? comment = null, bool archiveExisting = false) =>
        new(Model, version, stage, archiveExisting, comment);

    protected async Task CreateAsync(int versions = 1, bool fourEyes = false)
    {
        await Store.Registry.CreateModelAsync(new() { Name = Model, Tags = fourEyes ? [new(FourEyes.Tag, FourEyes.Stage)] : [] }, At(1), default);
        for (var i = 1; i <= versions; i++)
        {
            await Store.Registry.CreateVersionAsync(new() { Name = Model, Source = "s" }, "s", At(1 + i), default);
        }
    }

    protected Task<VersionReview> RequestAsync(string name, string stage, int version = 1, string? comment = null, long time = 100) =>
        Review.CreateRequestAsync(To(stage, version, comment), By(name, time), default);

    protected Task<Activity> ApproveAsync(string name, string stage, PermissionLevel level = PermissionLevel.CanManageProductionVersions, int version = 1) =>
        Review.ApproveAsync(To(stage, version), Reviewer(name, level), By(name), default);

    protected async Task<string> StageAsync(int version = 1) => (await Store.Registry.GetVersionAsync(Model, version, default))!.CurrentStage;

    /// <summary>The history, the oldest first: <c>TYPE user from→to</c>, comments and system comments in quotes and brackets.</summary>
    protected async Task<List<string>> HistoryAsync(int version = 1, string name = Model) =>
    [
        .. (await Review.ListActivitiesAsync(name, version, 1000, null, default)).Activities.Items.Reverse().Select(activity =>
            $"{activity.ActivityType} {activity.UserId}"
            + (activity.ToStage is null ? "" : $" {activity.FromStage}→{activity.ToStage}")
            + (activity.Comment is null ? "" : $" \"{activity.Comment}\"")
            + (activity.SystemComment is null ? "" : $" [{activity.SystemComment}]")),
    ];
}
