using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Tracking;

public sealed class SqliteInputTests(SqliteFixture fixture) : InputTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresInputTests(PostgresFixture fixture) : InputTests(fixture), IClassFixture<PostgresFixture>;

public abstract class InputTests(StoreFixture fixture) : TrackingTests(fixture)
{
    private static DatasetInput Input(string name, string digest, string? context = null) => new()
    {
        Dataset = new Dataset { Name = name, Digest = digest, SourceType = "local", Source = "{}", Schema = "[]", Profile = null },
        Tags = context is null ? [] : [new Tag("mlflow.data.context", context), new Tag("a", "b")],
    };

    [Fact]
    public async Task Datasets_and_models_go_in_once_and_come_back_with_the_run()
    {
        var runId = await NewRunAsync();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await Tracking.LogInputsAsync(runId, [Input("pcb", "1", "train"), Input("pcb", "2"), Input("pcb", "1", "test")], [new ModelInput("m-1")], Ann, default);
        }

        var inputs = (await RunAsync(runId)).Inputs;
        Assert.Equal([("pcb", "1"), ("pcb", "2")], inputs.DatasetInputs!.Select(one => (one.Dataset.Name, one.Dataset.Digest)));
        Assert.Equal([new Tag("a", "b"), new Tag("mlflow.data.context", "train")], inputs.DatasetInputs![0].Tags);
        Assert.Equal(("local", "{}", "[]", null),
            (inputs.DatasetInputs[0].Dataset.SourceType, inputs.DatasetInputs[0].Dataset.Source, inputs.DatasetInputs[0].Dataset.Schema, inputs.DatasetInputs[0].Dataset.Profile));
        Assert.Equal([new ModelInput("m-1")], inputs.ModelInputs);
        Assert.Single(await EventsAsync(runId), one => one.Action == "run.log_inputs");
    }

    [Fact]
    public async Task Outputs_go_in_once_and_come_back_in_order_of_step()
    {
        var runId = await NewRunAsync();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await Tracking.LogOutputsAsync(runId, [new ModelOutput("m-2", 20), new ModelOutput("m-9", 3)], Ann, default);
        }

        Assert.Equal([new ModelOutput("m-9", 3), new ModelOutput("m-2", 20)], (await RunAsync(runId)).Outputs.ModelOutputs);
        Assert.Single(await EventsAsync(runId), one => one.Action == "run.log_outputs");
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Tracking.LogOutputsAsync("nobody", [], Ann, default));
    }

    [Fact]
    public async Task Datasets_of_experiments_are_listed_with_the_context_of_each_use()
    {
        var experiment = await NewExperimentAsync();
        var (first, second) = (await NewRunAsync(experiment), await NewRunAsync(experiment));
        await Tracking.LogInputsAsync(first, [Input("pcb", "1", "train"), Input("bare", "3")], [], Ann, default);
        await Tracking.LogInputsAsync(second, [Input("pcb", "1", "test")], [], Ann, default);
        var found = await Tracking.SearchDatasetsAsync([experiment, "nobody"], ReadScope.Everything, default);
        Assert.Equal([("bare", "3", null), ("pcb", "1", "test"), ("pcb", "1", "train")], found.Select(one => (one.Name, one.Digest, one.Context)));
        Assert.All(found, one => Assert.Equal(experiment, one.ExperimentId));
    }

    [Fact]
    public async Task Points_that_name_a_logged_model_are_kept_for_the_model_too()
    {
        var runId = await NewRunAsync();
        var model = "m-" + NewId();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await LogAsync(runId, [Point("acc", 0.9, 3) with { ModelId = model, DatasetName = "pcb", DatasetDigest = "1" }, Point("acc", 0.8, 2)]);
        }

        var kept = await Store.Database.ReadAsync(session => session.ListAsync(
            "SELECT dataset_name, dataset_digest, step, value FROM logged_model_metrics WHERE model_id = $1",
            static row => (row.Text(0), row.Text(1), row.Integer(2), row.Real(3)), model), default);
        Assert.Equal([("pcb", "1", 3L, 0.9)], kept);
        Assert.Equal(2, (await Tracking.GetMetricHistoryAsync(runId, "acc", null, null, default)).Items.Count);
    }
}
