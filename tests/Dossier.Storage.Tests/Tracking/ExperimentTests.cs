using Dossier.Core.Access;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Tracking;

public sealed class SqliteExperimentTests(SqliteFixture fixture) : ExperimentTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresExperimentTests(PostgresFixture fixture) : ExperimentTests(fixture), IClassFixture<PostgresFixture>;

public abstract class ExperimentTests(StoreFixture fixture) : TrackingTests(fixture)
{
    [Fact]
    public async Task Experiment_0_is_there_from_the_start()
    {
        var experiment = await Tracking.GetExperimentAsync("0", default);
        Assert.Equal("Default", experiment?.Name);
        Assert.Equal("mlflow-artifacts:/0", experiment?.ArtifactLocation);
        Assert.Equal("active", experiment?.LifecycleStage);
    }

    [Fact]
    public async Task A_new_experiment_is_found_by_id_and_by_name_with_its_tags_in_the_order_they_were_set()
    {
        var name = NewId();
        var id = await Tracking.CreateExperimentAsync(new CreateExperiment { Name = name, Tags = [new("b", "2"), new("a", "1")] }, Root, Ann, default);
        var experiment = await Tracking.GetExperimentAsync(id, default);
        Assert.Equal(name, experiment?.Name);
        Assert.Equal($"mlflow-artifacts:/{id}", experiment?.ArtifactLocation);
        Assert.Equal([new Tag("b", "2"), new Tag("a", "1")], experiment?.Tags);
        Assert.Equal(Now, experiment?.CreationTime);
        Assert.Equal(id, (await Tracking.GetExperimentByNameAsync(name, default))?.ExperimentId);
        Assert.Null(await Tracking.GetExperimentAsync("nobody", default));
    }

    [Fact]
    public async Task An_importer_keeps_ids_and_times_and_new_ids_follow_its_numbers()
    {
        var id = await Tracking.CreateExperimentAsync(
            new CreateExperiment { Name = NewId(), ExperimentId = "imported-7", CreationTime = 42, ArtifactLocation = "s3://bucket/x" }, Root, Ann, default);
        Assert.Equal("imported-7", id);
        var experiment = await Tracking.GetExperimentAsync(id, default);
        Assert.Equal(42, experiment?.CreationTime);
        Assert.Equal("s3://bucket/x", experiment?.ArtifactLocation);

        await Tracking.CreateExperimentAsync(new CreateExperiment { Name = NewId(), ExperimentId = "700000" }, Root, Ann, default);
        Assert.True(long.Parse(await NewExperimentAsync(), System.Globalization.CultureInfo.InvariantCulture) > 700_000);
        await RefusedAsync(ErrorCode.ResourceAlreadyExists,
            () => Tracking.CreateExperimentAsync(new CreateExperiment { Name = NewId(), ExperimentId = "700000" }, Root, Ann, default));
    }

    [Fact]
    public async Task A_rename_that_was_allowed_under_another_name_is_refused()
    {
        var (before, moved) = (NewId(), $"/Shared/{NewId()}");
        var id = await Tracking.CreateExperimentAsync(new CreateExperiment { Name = before }, Root, Ann, default);
        await Tracking.RenameExperimentAsync(id, before, moved, Ann, default);

        await RefusedAsync(ErrorCode.ResourceConflict, () => Tracking.RenameExperimentAsync(id, before, NewId(), Ann, default));
        Assert.Equal(moved, (await Tracking.GetExperimentAsync(id, default))?.Name);
    }

    [Fact]
    public async Task Experiments_created_at_once_get_ids_of_their_own()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => NewExperimentAsync()));
        Assert.Equal(40, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_name_created_at_once_by_many_is_given_to_one()
    {
        var name = NewId();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                await NewExperimentAsync(name);
                return "created";
            }
            catch (ProtocolException taken)
            {
                return taken.ErrorCode;
            }
        }));
        Assert.Single(outcomes, outcome => outcome == "created");
        Assert.Equal(19, outcomes.Count(outcome => outcome == ErrorCode.ResourceAlreadyExists));
    }

    [Fact]
    public async Task A_name_is_taken_also_by_a_deleted_experiment()
    {
        var name = NewId();
        var id = await NewExperimentAsync(name);
        await RefusedAsync(ErrorCode.ResourceAlreadyExists, () => NewExperimentAsync(name));
        await Tracking.SetExperimentDeletedAsync(id, true, Ann, default);
        await RefusedAsync(ErrorCode.ResourceAlreadyExists, () => NewExperimentAsync(name));
    }

    [Fact]
    public async Task Renaming_says_from_and_to_in_its_event()
    {
        var (before, after) = (NewId(), NewId());
        var id = await NewExperimentAsync(before);
        await Tracking.RenameExperimentAsync(id, null, after, Ann with { At = Now + 5 }, default);
        var experiment = await Tracking.GetExperimentAsync(id, default);
        Assert.Equal((after, Now + 5), (experiment?.Name, experiment?.LastUpdateTime));
        var renamed = (await EventsAsync(id)).Last();
        Assert.Equal(("experiment.rename", "ann", Now + 5, "experiment"), (renamed.Action, renamed.Principal, renamed.At, renamed.ObjectType));
        Assert.Equal($"{before} → {after}", renamed.Change("name"));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Tracking.RenameExperimentAsync("nobody", null, NewId(), Ann, default));
    }

    [Fact]
    public async Task Renaming_to_the_name_it_has_changes_nothing()
    {
        var name = NewId();
        var id = await NewExperimentAsync(name);
        await Tracking.RenameExperimentAsync(id, null, name, Ann, default);
        Assert.Single(await EventsAsync(id));
    }

    [Fact]
    public async Task Runs_are_deleted_and_restored_with_their_experiment()
    {
        var id = await NewExperimentAsync();
        var kept = await NewRunAsync(id);
        var deletedBefore = await NewRunAsync(id);
        await Tracking.SetRunDeletedAsync(deletedBefore, true, Ann, default);

        await Tracking.SetExperimentDeletedAsync(id, true, Ann, default);
        Assert.Equal("deleted", (await Tracking.GetExperimentAsync(id, default))?.LifecycleStage);
        Assert.Equal("deleted", (await RunAsync(kept)).Info.LifecycleStage);
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => NewRunAsync(id));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => Tracking.RenameExperimentAsync(id, null, NewId(), Ann, default));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => LogAsync(kept, [Point("m", 1)]));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Tracking.SetExperimentDeletedAsync(id, true, Ann, default));

        await Tracking.SetExperimentDeletedAsync(id, false, Ann, default);
        Assert.Equal("active", (await RunAsync(kept)).Info.LifecycleStage);
        Assert.Equal("deleted", (await RunAsync(deletedBefore)).Info.LifecycleStage);
        Assert.Equal(["experiment.create", "experiment.delete", "experiment.restore"], (await EventsAsync(id)).Select(one => one.Action));
    }

    [Fact]
    public async Task Tags_are_set_changed_and_deleted()
    {
        var id = await NewExperimentAsync();
        await Tracking.SetExperimentTagAsync(id, "team", "a", Ann, default);
        await Tracking.SetExperimentTagAsync(id, "team", "a", Ann, default);
        await Tracking.SetExperimentTagAsync(id, "team", "b", Ann, default);
        Assert.Equal([new Tag("team", "b")], (await Tracking.GetExperimentAsync(id, default))?.Tags);
        await Tracking.SetExperimentTagAsync(id, "team", null, Ann, default);
        Assert.Null((await Tracking.GetExperimentAsync(id, default))?.Tags);
        Assert.Equal([null, "- → a", "a → b", "b → -"], (await EventsAsync(id)).Select(one => one.Change("tags.team")));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Tracking.SetExperimentTagAsync(id, "team", null, Ann, default));
    }

    [Fact]
    public async Task Experiments_are_searched_by_name_tag_and_time_in_pages()
    {
        var prefix = NewId();
        for (var index = 0; index < 5; index++)
        {
            await Tracking.CreateExperimentAsync(new CreateExperiment
            {
                Name = $"{prefix}-{index}", CreationTime = Now + (index / 2), Tags = [new Tag("parity", index % 2 == 0 ? "even" : "odd")],
            }, Root, Ann, default);
        }

        var ofPrefix = new Clause(SearchEntity.Attribute, "name", Comparator.Like) { Text = prefix + "-%" };
        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await Tracking.SearchExperimentsAsync(Query(2, [ofPrefix], token: token), ViewType.All, ReadScope.Everything, default);
            names.AddRange(page.Items.Select(one => one.Name[^1..]));
            token = page.NextPageToken;
        }
        while (token is not null);
        Assert.Equal(["4", "3", "2", "1", "0"], names);

        var even = await Tracking.SearchExperimentsAsync(
            Query(where: [ofPrefix, new(SearchEntity.Tag, "parity", Comparator.Equal) { Text = "even" }, new(SearchEntity.Attribute, "creation_time", Comparator.Greater) { Number = Now }],
                order: [new(SearchEntity.Attribute, "name", false)]), ViewType.ActiveOnly, ReadScope.Everything, default);
        Assert.Equal([$"{prefix}-2", $"{prefix}-4"], even.Items.Select(one => one.Name));
    }
}
