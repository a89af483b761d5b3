using Dossier.Core.Search;

namespace Dossier.Core.Tests.Search;

public class OrderParserTests
{
    [Fact]
    public void Columns_of_every_entity_are_read_with_their_direction() =>
        Assert.Equal(
            [
                new(SearchEntity.Attribute, "start_time", true), new(SearchEntity.Metric, "val acc", false),
                new(SearchEntity.Param, "lr", false), new(SearchEntity.Tag, "a", true), new OrderColumn(SearchEntity.Attribute, "run_name", false),
            ],
            Runs("attributes.start_time DESC", "metrics.`val acc`", "params.lr asc", "tags.\"a\" desc", "`Run name`"));

    [Fact]
    public void A_column_named_twice_counts_once() =>
        Assert.Equal([new OrderColumn(SearchEntity.Attribute, "start_time", true)], Runs("start_time DESC", "attributes.start_time ASC"));

    [Theory]
    [InlineData("metrics.a DOWN", "order_by[0]")]
    [InlineData("metrics.a DESC DESC", "ASC or DESC")]
    [InlineData("> DESC", "ASC or DESC")]
    [InlineData("datasets.name", "ordering by datasets is not supported")]
    [InlineData("unknown", "Valid keys are")]
    [InlineData("", "order_by[0]")]
    public void A_column_that_makes_no_sense_is_refused_with_what_would_be_right(string column, string part) =>
        Assert.Contains(part, Refused.AsInvalid(() => Runs(column)), StringComparison.Ordinal);

    [Fact]
    public void The_number_of_columns_is_bounded() =>
        Assert.Contains("at most 20", Refused.AsInvalid(() => Runs([.. Enumerable.Repeat("start_time", 21)])), StringComparison.Ordinal);

    private static IReadOnlyList<OrderColumn> Runs(params string[] columns) => OrderParser.Parse(columns, SearchSchema.Runs);
}
