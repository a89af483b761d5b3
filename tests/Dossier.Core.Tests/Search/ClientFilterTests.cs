using Dossier.Core.Search;

namespace Dossier.Core.Tests.Search;

/// <summary>Filters and orders as people write them in the docs and notebooks of the Python, R and Java clients.</summary>
public sealed class ClientFilterTests
{
    [Theory]
    [InlineData("metrics.rmse < 1 and params.model = 'tree'")]
    [InlineData("metrics.rmse<1 AND params.model='tree'")]
    [InlineData("metrics.rmse >= -1.5e-3")]
    [InlineData("metrics.`cross-entropy loss` > .5")]
    [InlineData("metrics.\"val/loss\" > +1")]
    [InlineData("metrics.val/loss > 0")]
    [InlineData("metrics.val-loss > 0")]
    [InlineData("metric.a.b.c != 0.0")]
    [InlineData("params.\"x\" LIKE '%a_b%'")]
    [InlineData("param.x ilike \"%A%\"")]
    [InlineData("parameters.\"a b\" = \"it's\"")]
    [InlineData("tags.mlflow.source.name = 'train.py'")]
    [InlineData("tags.`mlflow.parentRunId` = '815123f2db9b49cdb9790c6a0371a4da'")]
    [InlineData("tags.\"mlflow.runName\" != ''")]
    [InlineData("tag.empty = ''")]
    [InlineData("params.lr IS NULL AND tags.x IS NOT NULL")]
    [InlineData("attributes.status = 'FINISHED'")]
    [InlineData("attribute.status = \"RUNNING\"")]
    [InlineData("attr.start_time > 1664067852747")]
    [InlineData("run.run_name LIKE 'bold%'")]
    [InlineData("run_name = 'x'")]
    [InlineData("attributes.`run name` = 'x'")]
    [InlineData("attributes.\"Run name\" = 'x'")]
    [InlineData("run_id IN ('a', 'b')")]
    [InlineData("attributes.run_id NOT IN ('a','b')")]
    [InlineData("attributes.run_id IN ('a')")]
    [InlineData("status != 'FAILED' AND start_time >= 0 AND end_time < 9999999999999")]
    [InlineData("attributes.user_id = 'me'")]
    [InlineData("attributes.artifact_uri = 's3://b/x'")]
    [InlineData("attributes.created > 0")]
    [InlineData("dataset.name = 'cifar' AND datasets.digest IN ('s8ds293b') AND dataset.context = 'train'")]
    [InlineData("   ")]
    [InlineData("")]
    public void A_filter_of_runs_is_understood(string filter) =>
        Assert.NotNull(SearchSchema.Runs.Query(filter, null, 10, null));

    [Theory]
    [InlineData("start_time")]
    [InlineData("start_time DESC")]
    [InlineData("attributes.start_time DESC")]
    [InlineData("attribute.end_time asc")]
    [InlineData("attributes.created DESC")]
    [InlineData("`metrics`.rmse DESC")]
    [InlineData("metrics.rmse")]
    [InlineData("metrics.`a b` DESC")]
    [InlineData("metrics.\"val/loss\" ASC")]
    [InlineData("metrics.val/loss DESC")]
    [InlineData("params.x")]
    [InlineData("params.\"x\" DESC")]
    [InlineData("params.`x.y`  DESC")]
    [InlineData("tags.mlflow.runName ASC")]
    [InlineData("tag.`mlflow.user`")]
    [InlineData("run_id")]
    [InlineData("status DESC")]
    [InlineData("attributes.`Run Name` DESC")]
    [InlineData("artifact_uri")]
    public void An_order_of_runs_is_understood(string orderBy) =>
        Assert.Single(SearchSchema.Runs.Query(null, [orderBy], 10, null).Order);

    [Theory]
    [InlineData("name ILIKE '%x%'")]
    [InlineData("attribute.name LIKE 'a%' AND tags.team = 'ml'")]
    [InlineData("tags.`mlflow.note.content` LIKE '%note%'")]
    [InlineData("creation_time > 0 AND last_update_time <= 9999999999999")]
    [InlineData("attribute.creation_time >= 1")]
    [InlineData("name = \"a\"")]
    public void A_filter_of_experiments_is_understood(string filter) =>
        Assert.NotNull(SearchSchema.Experiments.Query(filter, ["name DESC", "experiment_id", "last_update_time", "creation_time ASC"], 10, null));

    [Theory]
    [InlineData("name = 'x' and run_id IN ('a','b')")]
    [InlineData("name='x'")]
    [InlineData("name = 'x' AND version_number = 3")]
    [InlineData("version_number >= 1 AND source_path = 's3://b/m'")]
    [InlineData("tags.env = 'prod' AND tag.`a.b` != 'c'")]
    [InlineData("name LIKE '%x%'")]
    [InlineData("run_id = '815123f2db9b49cdb9790c6a0371a4da'")]
    [InlineData("name IN ('a','b')")]
    public void A_filter_of_model_versions_is_understood(string filter) => Assert.NotNull(SearchSchema.ModelVersions.Query(
        filter, ["name ASC", "version_number DESC", "creation_timestamp", "last_updated_timestamp DESC"], 10, null));

    [Theory]
    [InlineData("name ilike '%boston%'")]
    [InlineData("tags.`mlflow.prompt.is_prompt` = 'true'")]
    [InlineData("tag.key = 'v' AND name != 'x'")]
    public void A_filter_of_registered_models_is_understood(string filter) => Assert.NotNull(SearchSchema.RegisteredModels.Query(
        filter, ["name", "timestamp DESC", "last_updated_timestamp ASC"], 10, null));

    [Theory]
    [InlineData("metrics.accuracy > 0.9 AND params.x = '1'")]
    [InlineData("name = 'm' AND model_type = 'classifier'")]
    [InlineData("source_run_id = 'abc' AND status = 'READY'")]
    [InlineData("source_run_id IN ('a', 'b')")]
    [InlineData("creation_time >= 0 AND creation_timestamp < 5")]
    [InlineData("attributes.model_id = 'm-0' AND tags.t IS NOT NULL")]
    public void A_filter_of_logged_models_is_understood(string filter) =>
        Assert.NotNull(SearchSchema.LoggedModels.Query(filter, null, 10, null));
}
