using Dossier.Core.Tracking;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Tracking;

public sealed class SqliteRunTests(SqliteFixture fixture) : RunTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresRunTests(PostgresFixture fixture) : RunTests(fixture), IClassFixture<PostgresFixture>;

public abstract class RunTests(StoreFixture fixture) : TrackingTests(fixture)
{
    [Fact]
    public async Task A_new_run_is_read_back_as_it_was_answered()
    {
        var experiment = await NewExperimentAsync();
        var runId = NewId();
        var created = await Tracking.CreateRunAsync(new NewRun(runId, experiment, "first", "ann", Now, [new("z", "1"), new("mlflow.runName", "first")]), Ann, default);
        var read = await RunAsync(runId);
        Assert.Equal(created.Info, read.Info);
        Assert.Equal($"mlflow-artifacts:/{experiment}/{runId}/artifacts", read.Info.ArtifactUri);
        Assert.Equal([new Tag("mlflow.runName", "first"), new Tag("z", "1")], created.Data.Tags);
        Assert.Equal(created.Data.Tags, read.Data.Tags);
        Assert.Equal(("RUNNING", null, "active"), (read.Info.Status, read.Info.EndTime, read.Info.LifecycleStage));
        Assert.Null(await Tracking.GetRunAsync("nobody", default));
    }

    [Fact]
    public async Task A_run_id_given_by_an_importer_is_taken_once()
    {
        var experiment = await NewExperimentAsync();
        var runId = "imported_" + NewId();
        await NewRunAsync(experiment, runId, start: 7);
        Assert.Equal(7, (await RunAsync(runId)).Info.StartTime);
        await RefusedAsync(ErrorCode.ResourceAlreadyExists, () => NewRunAsync(experiment, runId));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => NewRunAsync("nobody"));
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_keeps_name_and_tag_equal()
    {
        var runId = await NewRunAsync();
        await Tracking.UpdateRunAsync(new UpdateRun { RunId = runId, Status = RunStatus.Finished, EndTime = Now + 9 }, Ann, default);
        var info = await Tracking.UpdateRunAsync(new UpdateRun { RunId = runId, RunName = "better" }, Ann, default);
        Assert.Equal(("FINISHED", Now + 9, "better"), (info.Status, info.EndTime, info.RunName));
        var run = await RunAsync(runId);
        Assert.Equal(info, run.Info);
        Assert.Contains(new Tag("mlflow.runName", "better"), run.Data.Tags!);

        var events = await EventsAsync(runId);
        Assert.Equal(["run.create", "run.update", "run.update"], events.Select(one => one.Action));
        Assert.Equal("RUNNING → FINISHED", events[1].Change("status"));
        Assert.Equal($"- → {Now + 9}", events[1].Change("end_time"));
        Assert.Equal("run → better", events[2].Change("run_name"));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Tracking.UpdateRunAsync(new UpdateRun { RunId = "nobody" }, Ann, default));
    }

    [Fact]
    public async Task An_update_without_an_end_time_leaves_the_run_without_one()
    {
        var runId = await NewRunAsync();
        await Tracking.UpdateRunAsync(new UpdateRun { RunId = runId, Status = RunStatus.Scheduled }, Ann, default);
        Assert.Null((await RunAsync(runId)).Info.EndTime);
    }

    [Fact]
    public async Task The_tag_of_the_run_name_renames_the_run()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, tags: [new Tag("mlflow.runName", "by tag")]);
        Assert.Equal("by tag", (await RunAsync(runId)).Info.RunName);
    }

    [Fact]
    public async Task Deleting_and_restoring_twice_is_harmless()
    {
        var runId = await NewRunAsync();
        await Tracking.SetRunDeletedAsync(runId, true, Ann, default);
        await Tracking.SetRunDeletedAsync(runId, true, Ann, default);
        var refused = await RefusedAsync(ErrorCode.InvalidParameterValue, () => LogAsync(runId, [Point("m", 1)]));
        Assert.Contains("must be in the 'active' state", refused.Message, StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => Tracking.UpdateRunAsync(new UpdateRun { RunId = runId, Status = "FAILED" }, Ann, default));
        await Tracking.SetRunDeletedAsync(runId, false, Ann, default);
        await Tracking.SetRunDeletedAsync(runId, false, Ann, default);
        Assert.Equal(["run.create", "run.delete", "run.restore"], (await EventsAsync(runId)).Select(one => one.Action));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Tracking.SetRunDeletedAsync("nobody", true, Ann, default));
    }

    [Fact]
    public async Task A_tag_is_deleted_once()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, tags: [new Tag("t", "1")]);
        await Tracking.DeleteRunTagAsync(runId, "t", Ann, default);
        Assert.DoesNotContain((await RunAsync(runId)).Data.Tags!, tag => tag.Key == "t");
        Assert.Equal("1 → -", (await EventsAsync(runId)).Last().Change("tags.t"));
        var refused = await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Tracking.DeleteRunTagAsync(runId, "t", Ann, default));
        Assert.Equal($"No tag with name: t in run with id {runId}", refused.Message);
    }

    [Fact]
    public async Task Logged_models_of_old_clients_are_appended_to_the_history_tag()
    {
        var runId = await NewRunAsync();
        await Tracking.LogModelAsync(runId, """{"a":1}""", Ann, default);
        await Tracking.LogModelAsync(runId, """{"b":2}""", Ann, default);
        Assert.Contains(new Tag("mlflow.log-model.history", """[{"a":1}, {"b":2}]"""), (await RunAsync(runId)).Data.Tags!);

        await LogAsync(runId, tags: [new Tag("mlflow.log-model.history", "rubbish")]);
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => Tracking.LogModelAsync(runId, "{}", Ann, default));
    }
}
