using Dossier.Core.Access;
using Dossier.Core.LoggedModels;
using Dossier.Core.Tracking;
using Dossier.Protocol;
using Dossier.Storage.Tests.Access;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Services;

/// <summary>Levels on several objects at once, and levels that are remembered.</summary>
public abstract class RememberedLevelTests(StoreFixture fixture) : AccessTests(fixture)
{
    [Fact]
    public async Task Levels_found_together_are_those_found_one_by_one()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var (hers, his, read) = (await ExperimentAsync(ann, "hers"), await ExperimentAsync(bob, "his"), await ExperimentAsync(ann, "read"));
        await GrantAsync(ObjectKinds.Experiment.Of(read), User("bob", PermissionLevel.CanRead));
        await ModelAsync(ann, "m");
        var targets = new List<AccessObject> { ObjectKinds.Run.Of("none"), ObjectKinds.LoggedModel.Of("m-none"), ObjectKinds.Model.Of("m") };
        foreach (var experiment in new[] { hers, his, read })
        {
            targets.Add(ObjectKinds.Run.Of(await RunAsync(experiment)));
            targets.Add(ObjectKinds.LoggedModel.Of(await LoggedModelAsync(experiment)));
        }

        var together = await Store.Access.FindLevelsAsync(targets, bob.PrincipalIds, default);
        foreach (var target in targets)
        {
            Assert.Equal(await LevelAsync(target, bob), together.TryGetValue(target, out var level) ? level : null);
        }

        Assert.Equal(targets.Count - 2, together.Count);
    }

    [Fact]
    public async Task Of_several_objects_each_must_be_allowed()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var (hers, his) = (await RunAsync(await ExperimentAsync(ann, "hers")), await RunAsync(await ExperimentAsync(bob, "his")));
        var access = new AccessService(Store.Access);
        await access.RequireAsync(bob, [ObjectKinds.Run.Of(his), ObjectKinds.Run.Of(his)], PermissionLevel.CanEdit, default);
        foreach (var runs in new[] { new[] { his, hers }, [hers, his], [his, "none"] })
        {
            var refused = await Assert.ThrowsAsync<ProtocolException>(
                () => access.RequireAsync(bob, [.. runs.Select(run => ObjectKinds.Run.Of(run))], PermissionLevel.CanRead, default).AsTask());
            Assert.Equal(ErrorCode.ResourceDoesNotExist, refused.ErrorCode);
        }
    }

    [Fact]
    public async Task What_a_request_found_with_groups_that_its_caller_has_lost_counts_for_no_other()
    {
        var bob = await UserAsync("bob");
        var team = await GroupAsync("team", bob.Id);
        var target = ObjectKinds.Experiment.Of(await ExperimentAsync(Caller.Local, "exp"));
        await GrantAsync(target, Group("team", PermissionLevel.CanEdit));
        var before = await CallerAsync(bob.Id);
        await Store.Identity.ChangeMembersAsync(team, [], [bob.Id], By(Caller.Local), default);

        // The request began before the change, and asks after it.
        var access = new AccessService(Store.Access);
        Assert.Equal(PermissionLevel.CanEdit, await access.LevelAsync(before, target, default));
        Assert.Equal(PermissionLevel.NoPermissions, await access.LevelAsync(await CallerAsync(bob.Id), target, default));
    }

    private async Task<string> RunAsync(string experiment)
    {
        var run = new NewRun(Guid.NewGuid().ToString("N"), experiment, "run", null, 1, []);
        return (await Store.Tracking.CreateRunAsync(run, By(Caller.Local), default)).Info.RunId;
    }

    private async Task<string> LoggedModelAsync(string experiment) => (await new LoggedModelService(Store.LoggedModels, TimeProvider.System).CreateAsync(
        await PassAsync(LoggedModelService.MayCreate, new() { ExperimentId = experiment, Name = "logged" }), default)).Info.ModelId;
}

public sealed class SqliteRememberedLevelTests() : RememberedLevelTests(new SqliteFixture());

public sealed class PostgresRememberedLevelTests() : RememberedLevelTests(new PostgresFixture());
