using Dossier.Core.Search;

namespace Dossier.Core.Tests.Search;

/// <summary>Filters and orders as people write them in the docs and notebooks of the Python, R and Java clients, and what is understood.</summary>
public sealed class ClientFilterTests
{
    [Theory]
    [InlineData("metrics.rmse < 1 and params.model = 'tree'", "metrics|rmse|Less||1|", "params|model|Equal|tree||")]
    [InlineData("metrics.rmse<1 AND params.model='tree'", "metrics|rmse|Less||1|", "params|model|Equal|tree||")]
    [InlineData("metrics.rmse >= -1.5e-3", "metrics|rmse|GreaterOrEqual||-0.0015|")]
    [InlineData("metrics.`cross-entropy loss` > .5", "metrics|cross-entropy loss|Greater||0.5|")]
    [InlineData("metrics.\"val/loss\" > +1", "metrics|val/loss|Greater||1|")]
    [InlineData("metrics.val/loss > 0", "metrics|val/loss|Greater||0|")]
    [InlineData("metrics.val-loss > 0", "metrics|val-loss|Greater||0|")]
    [InlineData("metric.a.b.c != 0.0", "metrics|a.b.c|NotEqual||0|")]
    [InlineData("params.\"x\" LIKE '%a_b%'", "params|x|Like|%a_b%||")]
    [InlineData("param.x ilike \"%A%\"", "params|x|ILike|%A%||")]
    [InlineData("parameters.\"a b\" = \"it's\"", "params|a b|Equal|it's||")]
    [InlineData("tags.mlflow.source.name = 'train.py'", "tags|mlflow.source.name|Equal|train.py||")]
    [InlineData(
        "tags.`mlflow.parentRunId` = '815123f2db9b49cdb9790c6a0371a4da'",
        "tags|mlflow.parentRunId|Equal|815123f2db9b49cdb9790c6a0371a4da||")]
    [InlineData("tags.\"mlflow.runName\" != ''", "tags|mlflow.runName|NotEqual|||")]
    [InlineData("tag.empty = ''", "tags|empty|Equal|||")]
    [InlineData("params.lr IS NULL AND tags.x IS NOT NULL", "params|lr|IsNull|||", "tags|x|IsNotNull|||")]
    [InlineData("attributes.status = 'FINISHED'", "attributes|status|Equal|FINISHED||")]
    [InlineData("attribute.status = \"RUNNING\"", "attributes|status|Equal|RUNNING||")]
    [InlineData("attr.start_time > 1664067852747", "attributes|start_time|Greater||1664067852747|")]
    [InlineData("run.run_name LIKE 'bold%'", "attributes|run_name|Like|bold%||")]
    [InlineData("run_name = 'x'", "attributes|run_name|Equal|x||")]
    [InlineData("attributes.`run name` = 'x'", "attributes|run_name|Equal|x||")]
    [InlineData("attributes.\"Run name\" = 'x'", "attributes|run_name|Equal|x||")]
    [InlineData("run_id IN ('a', 'b')", "attributes|run_id|In|||a,b")]
    [InlineData("attributes.run_id NOT IN ('a','b')", "attributes|run_id|NotIn|||a,b")]
    [InlineData("attributes.run_id IN ('a')", "attributes|run_id|In|||a")]
    [InlineData(
        "status != 'FAILED' AND start_time >= 0 AND end_time < 9999999999999",
        "attributes|status|NotEqual|FAILED||",
        "attributes|start_time|GreaterOrEqual||0|",
        "attributes|end_time|Less||9999999999999|")]
    [InlineData("attributes.user_id = 'me'", "attributes|user_id|Equal|me||")]
    [InlineData("attributes.artifact_uri = 's3://b/x'", "attributes|artifact_uri|Equal|s3://b/x||")]
    [InlineData("attributes.created > 0", "attributes|start_time|Greater||0|")]
    [InlineData(
        "dataset.name = 'cifar' AND datasets.digest IN ('s8ds293b') AND dataset.context = 'train'",
        "datasets|name|Equal|cifar||",
        "datasets|digest|In|||s8ds293b",
        "datasets|context|Equal|train||")]
    [InlineData("   ")]
    [InlineData("")]
    public void A_filter_of_runs_is_understood(string filter, params string[] clauses) =>
        Assert.Equal(clauses, Clauses(SearchSchema.Runs, filter));

    [Theory]
    [InlineData("start_time", "attributes|start_time|asc")]
    [InlineData("start_time DESC", "attributes|start_time|desc")]
    [InlineData("attributes.start_time DESC", "attributes|start_time|desc")]
    [InlineData("attribute.end_time asc", "attributes|end_time|asc")]
    [InlineData("attributes.created DESC", "attributes|start_time|desc")]
    [InlineData("`metrics`.rmse DESC", "metrics|rmse|desc")]
    [InlineData("metrics.rmse", "metrics|rmse|asc")]
    [InlineData("metrics.`a b` DESC", "metrics|a b|desc")]
    [InlineData("metrics.\"val/loss\" ASC", "metrics|val/loss|asc")]
    [InlineData("metrics.val/loss DESC", "metrics|val/loss|desc")]
    [InlineData("params.x", "params|x|asc")]
    [InlineData("params.\"x\" DESC", "params|x|desc")]
    [InlineData("params.`x.y`  DESC", "params|x.y|desc")]
    [InlineData("tags.mlflow.runName ASC", "tags|mlflow.runName|asc")]
    [InlineData("tag.`mlflow.user`", "tags|mlflow.user|asc")]
    [InlineData("run_id", "attributes|run_id|asc")]
    [InlineData("status DESC", "attributes|status|desc")]
    [InlineData("attributes.`Run Name` DESC", "attributes|run_name|desc")]
    [InlineData("artifact_uri", "attributes|artifact_uri|asc")]
    public void An_order_of_runs_is_understood(string orderBy, string column) => Assert.Equal([column], Order(SearchSchema.Runs, orderBy));

    [Theory]
    [InlineData("name ILIKE '%x%'", "attributes|name|ILike|%x%||")]
    [InlineData("attribute.name LIKE 'a%' AND tags.team = 'ml'", "attributes|name|Like|a%||", "tags|team|Equal|ml||")]
    [InlineData("tags.`mlflow.note.content` LIKE '%note%'", "tags|mlflow.note.content|Like|%note%||")]
    [InlineData(
        "creation_time > 0 AND last_update_time <= 9999999999999",
        "attributes|creation_time|Greater||0|",
        "attributes|last_update_time|LessOrEqual||9999999999999|")]
    [InlineData("attribute.creation_time >= 1", "attributes|creation_time|GreaterOrEqual||1|")]
    [InlineData("name = \"a\"", "attributes|name|Equal|a||")]
    public void A_filter_of_experiments_is_understood(string filter, params string[] clauses) =>
        Assert.Equal(clauses, Clauses(SearchSchema.Experiments, filter));

    [Fact]
    public void An_order_of_experiments_is_understood() => Assert.Equal(
        ["attributes|name|desc", "attributes|experiment_id|asc", "attributes|last_update_time|asc", "attributes|creation_time|asc"],
        Order(SearchSchema.Experiments, "name DESC", "experiment_id", "last_update_time", "creation_time ASC"));

    [Theory]
    [InlineData("name = 'x' and run_id IN ('a','b')", "attributes|name|Equal|x||", "attributes|run_id|In|||a,b")]
    [InlineData("name='x'", "attributes|name|Equal|x||")]
    [InlineData("name = 'x' AND version_number = 3", "attributes|name|Equal|x||", "attributes|version_number|Equal||3|")]
    [InlineData(
        "version_number >= 1 AND source_path = 's3://b/m'",
        "attributes|version_number|GreaterOrEqual||1|",
        "attributes|source|Equal|s3://b/m||")]
    [InlineData("tags.env = 'prod' AND tag.`a.b` != 'c'", "tags|env|Equal|prod||", "tags|a.b|NotEqual|c||")]
    [InlineData("name LIKE '%x%'", "attributes|name|Like|%x%||")]
    [InlineData("run_id = '815123f2db9b49cdb9790c6a0371a4da'", "attributes|run_id|Equal|815123f2db9b49cdb9790c6a0371a4da||")]
    [InlineData("name IN ('a','b')", "attributes|name|In|||a,b")]
    public void A_filter_of_model_versions_is_understood(string filter, params string[] clauses) =>
        Assert.Equal(clauses, Clauses(SearchSchema.ModelVersions, filter));

    [Fact]
    public void An_order_of_model_versions_is_understood() => Assert.Equal(
        ["attributes|name|asc", "attributes|version_number|desc", "attributes|creation_timestamp|asc", "attributes|last_updated_timestamp|desc"],
        Order(SearchSchema.ModelVersions, "name ASC", "version_number DESC", "creation_timestamp", "last_updated_timestamp DESC"));

    [Theory]
    [InlineData("name ilike '%boston%'", "attributes|name|ILike|%boston%||")]
    [InlineData("tags.`mlflow.prompt.is_prompt` = 'true'", "tags|mlflow.prompt.is_prompt|Equal|true||")]
    [InlineData("tag.key = 'v' AND name != 'x'", "tags|key|Equal|v||", "attributes|name|NotEqual|x||")]
    public void A_filter_of_registered_models_is_understood(string filter, params string[] clauses) =>
        Assert.Equal(clauses, Clauses(SearchSchema.RegisteredModels, filter));

    [Fact]
    public void An_order_of_registered_models_is_understood() => Assert.Equal(
        ["attributes|name|asc", "attributes|last_updated_timestamp|desc"],
        Order(SearchSchema.RegisteredModels, "name", "timestamp DESC", "last_updated_timestamp ASC"));

    [Theory]
    [InlineData("metrics.accuracy > 0.9 AND params.x = '1'", "metrics|accuracy|Greater||0.9|", "params|x|Equal|1||")]
    [InlineData("name = 'm' AND model_type = 'classifier'", "attributes|name|Equal|m||", "attributes|model_type|Equal|classifier||")]
    [InlineData("source_run_id = 'abc' AND status = 'READY'", "attributes|source_run_id|Equal|abc||", "attributes|status|Equal|READY||")]
    [InlineData("source_run_id IN ('a', 'b')", "attributes|source_run_id|In|||a,b")]
    [InlineData(
        "creation_time >= 0 AND creation_timestamp < 5",
        "attributes|creation_timestamp|GreaterOrEqual||0|",
        "attributes|creation_timestamp|Less||5|")]
    [InlineData("attributes.model_id = 'm-0' AND tags.t IS NOT NULL", "attributes|model_id|Equal|m-0||", "tags|t|IsNotNull|||")]
    public void A_filter_of_logged_models_is_understood(string filter, params string[] clauses) =>
        Assert.Equal(clauses, Clauses(SearchSchema.LoggedModels, filter));

    private static IEnumerable<string> Clauses(SearchSchema schema, string filter) =>
        schema.Query(filter, null, 10, null).Clauses.Select(clause => FilterText.Show(clause, ","));

    private static IEnumerable<string> Order(SearchSchema schema, params string[] orderBy) =>
        schema.Query(null, orderBy, 10, null).Order.Select(column => $"{column.Entity}|{column.Key}|{(column.Descending ? "desc" : "asc")}");
}
