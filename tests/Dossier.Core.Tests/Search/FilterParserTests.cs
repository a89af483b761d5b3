using Dossier.Core.Search;

namespace Dossier.Core.Tests.Search;

public class FilterParserTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \n ")]
    public void An_absent_or_blank_filter_has_no_clauses(string? filter) => Assert.Empty(Runs(filter));

    [Fact]
    public void Clauses_of_every_entity_are_read_in_their_order()
    {
        var clauses = Runs("metrics.acc >= 0.5 AND params.lr = '0.1' AND tags.team != \"x\" AND datasets.name LIKE 'mn%' AND status = 'FINISHED'");
        Assert.Equal(
            [
                "metrics|acc|GreaterOrEqual||0.5|", "params|lr|Equal|0.1||", "tags|team|NotEqual|x||", "datasets|name|Like|mn%||", "attributes|status|Equal|FINISHED||",
            ],
            clauses.Select(FilterText.Show));
    }

    [Theory]
    [InlineData("metric.acc > 1", "metrics")]
    [InlineData("Metrics.acc > 1", "metrics")]
    [InlineData("parameter.acc = '1'", "params")]
    [InlineData("parameters.acc = '1'", "params")]
    [InlineData("param.acc = '1'", "params")]
    [InlineData("tag.acc = '1'", "tags")]
    [InlineData("`tags`.acc = '1'", "tags")]
    [InlineData("`tags`.`acc` = '1'", "tags")]
    public void An_entity_may_be_written_by_any_of_its_names(string filter, string entity)
    {
        var clause = Assert.Single(Runs(filter));
        Assert.Equal((entity, "acc"), (clause.Entity.ToString(), clause.Key));
    }

    [Theory]
    [InlineData("attributes.start_time > 5", "start_time")]
    [InlineData("attribute.start_time > 5", "start_time")]
    [InlineData("attr.Start_Time > 5", "start_time")]
    [InlineData("run.start_time > 5", "start_time")]
    [InlineData("start_time > 5", "start_time")]
    [InlineData("Created > 5", "start_time")]
    [InlineData("attributes.`Run name` = 'a'", "run_name")]
    [InlineData("\"run name\" = 'a'", "run_name")]
    [InlineData("run_name = 'a'", "run_name")]
    public void An_attribute_may_be_written_by_any_of_its_names(string filter, string attribute) =>
        Assert.Equal(attribute, Assert.Single(Runs(filter)).Key);

    [Theory]
    [InlineData("tags.mlflow.source.name = 'x'", "mlflow.source.name")]
    [InlineData("tags.`mlflow.parentRunId` = 'x'", "mlflow.parentRunId")]
    [InlineData("tags.\"two words\" = 'x'", "two words")]
    [InlineData("tags.`a``b` = 'x'", "a`b")]
    [InlineData("tags.eval/loss-1:mean = 'x'", "eval/loss-1:mean")]
    public void A_key_may_have_dots_and_in_quotes_anything(string filter, string key) => Assert.Equal(key, Assert.Single(Runs(filter)).Key);

    [Theory]
    [InlineData("params.a = 'it''s'", "it's")]
    [InlineData("params.a = \"it's\"", "it's")]
    [InlineData("params.a = \"say \"\"no\"\"\"", "say \"no\"")]
    [InlineData("params.a = ''", "")]
    [InlineData("params.a = 'x AND y'", "x AND y")]
    public void A_string_may_be_in_single_or_double_quotes_with_doubled_ones_inside(string filter, string value) =>
        Assert.Equal(value, Assert.Single(Runs(filter)).Text);

    [Theory]
    [InlineData("metrics.a=-1.5e3", -1500)]
    [InlineData("metrics.a = +2", 2)]
    [InlineData("metrics.a = .5", 0.5)]
    [InlineData("start_time = 1795396370196", 1795396370196)]
    public void Numbers_may_have_sign_fraction_and_exponent(string filter, double number) => Assert.Equal(number, Assert.Single(Runs(filter)).Number);

    [Fact]
    public void Keywords_are_read_without_case_and_space_does_not_matter()
    {
        Assert.Equal(
            Runs("attributes.run_id NOT IN ('a', 'b') AND tags.x IS NOT NULL AND params.p ILIKE 'v'").Select(FilterText.Show),
            Runs(" attributes.run_id\tnot  in('a','b')\nand tags.x is not null aNd params.p ilike'v' ").Select(FilterText.Show));
    }

    [Fact]
    public void An_incomplete_clause_is_named_as_clients_know_it() =>
        Assert.StartsWith("Invalid clause(s) in filter string: 'metrics.m1', '>'", Message("metrics.m1 >"), StringComparison.Ordinal);

    [Theory]
    [InlineData("metrics.a > 1 OR metrics.b > 1", "'OR'", "Join clauses with AND")]
    [InlineData("metrics.a > 1 AND (metrics.b > 1)", "'('", "A clause must start with")]
    [InlineData("metrics.a > 1 AND", "'AND'", "A clause must start with")]
    [InlineData("metrics.a > 1 metrics.b > 1", "Join clauses with AND")]
    [InlineData("metrics.a > '1'", "number")]
    [InlineData("metrics.a > NaN", "number")]
    [InlineData("metrics.a > 1e999", "number")]
    [InlineData("params.a = 1", "quotes")]
    [InlineData("params.a > '1'", "=, !=, LIKE")]
    [InlineData("metrics.a LIKE '1'", "=, !=, <")]
    [InlineData("metrics.a IS NULL", "=, !=, <")]
    [InlineData("params.a IN ('1')", "IS NULL")]
    [InlineData("status IN 'a'", "list")]
    [InlineData("status IN ()", "quotes")]
    [InlineData("status IN ('a',)", "quotes")]
    [InlineData("status IN ('a'", "')'")]
    [InlineData("status NOT 'a'", "Expected IN")]
    [InlineData("tags.a IS 'b'", "NULL")]
    [InlineData("tags.a = 'b", "quotes")]
    [InlineData("tags.a", "comparator")]
    [InlineData("= 'a'", "A clause must start with")]
    [InlineData("nothing = 'a'", "Invalid attribute key 'nothing'", "run_id", "start_time")]
    [InlineData("mlflow.user = 'a'", "Invalid entity type 'mlflow'", "tags")]
    [InlineData("datasets.size = 'a'", "Invalid dataset key 'size'", "digest")]
    [InlineData("tags.`` = 'a'", "Invalid key")]
    [InlineData("tags.`a`.b = 'a'", "Invalid key")]
    public void A_filter_that_makes_no_sense_is_refused_with_what_would_be_right(string filter, params string[] parts)
    {
        var message = Message(filter);
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_search_knows_only_what_its_objects_have()
    {
        Assert.Equal("source", Assert.Single(FilterParser.Parse("source_path = 'a'", SearchSchema.ModelVersions)).Key);
        Assert.Equal("creation_timestamp", Assert.Single(FilterParser.Parse("creation_time > 1", SearchSchema.LoggedModels)).Key);
        Assert.Contains("Invalid entity type 'metrics'", Refused.AsInvalid(() => FilterParser.Parse("metrics.a > 1", SearchSchema.RegisteredModels)), StringComparison.Ordinal);
        Assert.Contains("Valid keys are experiment_id, name", Refused.AsInvalid(() => FilterParser.Parse("status = 'a'", SearchSchema.Experiments)), StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_are_bounded_in_length_clauses_list_items_and_patterns()
    {
        Assert.Contains("at most 200000", Message(new string('a', 200_001)), StringComparison.Ordinal);
        Assert.Contains("at most 100 clauses", Message(string.Join(" AND ", Enumerable.Repeat("metrics.a > 1", 101))), StringComparison.Ordinal);
        Assert.Contains("at most 5000 items", Message($"run_id IN ({string.Join(',', Enumerable.Repeat("'a'", 5001))})"), StringComparison.Ordinal);
        Assert.Contains("at most 10000 characters", Message($"tags.a LIKE '{new string('%', 10_001)}'"), StringComparison.Ordinal);
        Assert.Contains("NUL", Message("tags.a = 'b\0'"), StringComparison.Ordinal);
    }

    private static IReadOnlyList<Clause> Runs(string? filter) => FilterParser.Parse(filter, SearchSchema.Runs);

    private static string Message(string filter) => Refused.AsInvalid(() => Runs(filter));
}
