using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;
using static Dossier.Core.Access.PermissionLevel;

namespace Dossier.Storage.Tests.Access;

public abstract class ArtifactLocationTests(StoreFixture fixture) : AccessTests(fixture)
{
    [Theory]
    [InlineData("mlflow-artifacts:/team/a")]
    [InlineData("mlflow-artifacts:/team/a/")]
    [InlineData("mlflow-artifacts:///team/a")]
    [InlineData("mlflow-artifacts:////team/a")]
    [InlineData("MLFLOW-Artifacts:/team/a")]
    [InlineData("mlflow-artifacts:/Team/A")]
    [InlineData("mlflow-artifacts:/team/a/below")]
    [InlineData("mlflow-artifacts:/team/a/below/that")]
    [InlineData("mlflow-artifacts:/team")]
    public async Task A_location_that_meets_another_experiments_is_refused(string location)
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await ExperimentAsync(ann, "first", "mlflow-artifacts:/team/a");
        var message = await RefusedAsync(ErrorCode.InvalidParameterValue, () => ExperimentAsync(bob, "second", location));
        Assert.Contains("'artifact_location'", message, StringComparison.Ordinal);
        Assert.Contains("the location of another experiment", message, StringComparison.Ordinal);
        Assert.Null(await Store.Tracking.GetExperimentByNameAsync("second", default));
    }

    [Theory]
    [InlineData("mlflow-artifacts:/team/ab")]
    [InlineData("mlflow-artifacts:/team/a-b/c")]
    [InlineData("mlflow-artifacts:/team/a.b")]
    [InlineData("mlflow-artifacts:/tea")]
    [InlineData("mlflow-artifacts:/a/team")]
    [InlineData("mlflow-artifacts:/7up/x")]
    [InlineData("mlflow-artifacts://other-host/team/a")]
    [InlineData("s3://bucket/team/a")]
    public async Task A_location_beside_another_experiments_is_taken(string location)
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await ExperimentAsync(ann, "first", "mlflow-artifacts:/team/a");
        var second = await ExperimentAsync(bob, "second", location);
        Assert.Equal(location, (await Store.Tracking.GetExperimentAsync(second, default))!.ArtifactLocation);
        Assert.Equal(NoPermissions, await ArtifactAsync("team/a/secret", bob));
        Assert.Equal(CanManage, await ArtifactAsync("team/a/secret", ann));
    }

    [Theory]
    [InlineData("mlflow-artifacts:/", "a folder of your own")]
    [InlineData("mlflow-artifacts:///", "a folder of your own")]
    [InlineData("mlflow-artifacts:/0", "digits")]
    [InlineData("mlflow-artifacts:/0/sub", "digits")]
    [InlineData("mlflow-artifacts:/77", "digits")]
    [InlineData("mlflow-artifacts:///77/x", "digits")]
    [InlineData("mlflow-artifacts:/99999999999999999999999", "digits")]
    [InlineData("mlflow-artifacts:/a//b", "Invalid path")]
    [InlineData("mlflow-artifacts:/./a", "Invalid path")]
    public async Task The_stores_root_the_places_of_experiments_to_come_and_paths_that_are_none_are_refused(string location, string said)
    {
        var bob = await UserAsync("bob");
        Assert.Contains(said, await RefusedAsync(ErrorCode.InvalidParameterValue, () => ExperimentAsync(bob, "exp", location)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_importer_may_say_the_default_location_of_the_id_that_it_keeps()
    {
        var bob = await UserAsync("bob");
        Assert.Equal("77", await ExperimentAsync(bob, "exp", "mlflow-artifacts:/77", id: "77"));
        Assert.Equal(CanManage, await ArtifactAsync("77/file", bob));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => ExperimentAsync(bob, "other", "mlflow-artifacts:/79", id: "78"));
    }

    [Fact]
    public async Task A_kept_id_whose_default_location_another_experiment_has_is_refused()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await ExperimentAsync(ann, "first", "mlflow-artifacts:/Imported-7/files");
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => ExperimentAsync(bob, "second", id: "imported-7"));
    }

    [Fact]
    public async Task A_new_experiment_steps_over_a_number_whose_place_an_old_record_gave_away()
    {
        var ann = await UserAsync("ann");
        var old = await ExperimentAsync(ann, "old");
        await Store.Database.WriteAsync(async session => await session.ExecuteAsync("UPDATE experiments SET served_path = '2/old' WHERE public_id = $1", old), default);
        Assert.Equal(("1", "3"), (old, await ExperimentAsync(ann, "new")));
    }

    [Theory]
    [InlineData("mlflow-artifacts:/models/board")]
    [InlineData("mlflow-artifacts:/models")]
    [InlineData("mlflow-artifacts:/models/board/1")]
    public async Task The_files_of_a_registered_model_outside_of_experiments_are_nobodys_location(string location)
    {
        var bob = await UserAsync("bob");
        await ModelAsync(Caller.Local, "m");
        await Store.Registry.CreateVersionAsync(new() { Name = "m", Source = "x" }, "mlflow-artifacts:/models/board", By(Caller.Local), default);
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => ExperimentAsync(bob, "exp", location));
    }

    [Fact]
    public async Task A_path_is_its_experiments_in_any_case_and_the_root_is_nobodys()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await ExperimentAsync(ann, "exp", "mlflow-artifacts:/Team/A");
        foreach (var path in (string[])["Team/A", "Team/A/x", "team/a/x/y", "TEAM/a"])
        {
            Assert.Equal(NoPermissions, await ArtifactAsync(path, bob));
            Assert.Equal(CanManage, await ArtifactAsync(path, ann));
        }

        foreach (var path in (string[])["", "Team", "Team/AB", "other"])
        {
            Assert.Null(await ArtifactAsync(path, ann));
        }
    }

    [Fact]
    public async Task Of_locations_in_each_other_that_an_old_record_has_the_inner_one_decides()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var outer = await ExperimentAsync(ann, "outer", "mlflow-artifacts:/team");
        await ExperimentAsync(bob, "inner", "mlflow-artifacts:/elsewhere");
        await Store.Database.WriteAsync(async session => await session.ExecuteAsync("UPDATE experiments SET served_path = 'team/inner' WHERE name = 'inner'"), default);
        Assert.Equal(NoPermissions, await ArtifactAsync("team/inner/file", ann));
        Assert.Equal(CanManage, await ArtifactAsync("team/inner/file", bob));
        Assert.Equal(NoPermissions, await ArtifactAsync("team/file", bob));
        Assert.Equal(CanManage, await ArtifactAsync($"team/{outer}", ann));
    }
}

public sealed class SqliteArtifactLocationTests() : ArtifactLocationTests(new SqliteFixture());

public sealed class PostgresArtifactLocationTests() : ArtifactLocationTests(new PostgresFixture());
