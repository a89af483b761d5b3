using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Tests.Validation;

public class BatchTests
{
    [Theory]
    [InlineData(1001, 0, 0, "at most 1000 metrics. Got 1001 metrics")]
    [InlineData(0, 101, 0, "at most 100 params. Got 101 params")]
    [InlineData(0, 0, 101, "at most 100 tags. Got 101 tags")]
    [InlineData(801, 100, 100, "at most 1000 metrics, params, and tags. Got 1001")]
    public void A_batch_is_bounded_by_kind_and_in_all(int metrics, int parameters, int tags, string part)
    {
        var batch = new LogBatch
        {
            Metrics = [.. Enumerable.Repeat(new Metric { Key = "m" }, metrics)],
            Params = [.. Enumerable.Repeat(new Param("p", "1"), parameters)],
            Tags = [.. Enumerable.Repeat(new Tag("t", "1"), tags)],
        };
        Assert.Contains(part, Refused.AsInvalid(() => BatchRules.CheckCounts(batch)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_param_said_twice_with_one_value_is_one_param() =>
        Assert.Equal([new Param("a", "1"), new Param("b", "1")], TagRules.Check([new Param("a", "1"), new("b", "1"), new("a", "1")], 100));

    [Fact]
    public void A_param_said_twice_with_two_values_is_refused()
    {
        var message = Refused.AsInvalid(() => TagRules.Check([new Param("a", "1"), new("a", "2")], 100));
        Assert.Contains("Duplicate parameter keys", message, StringComparison.Ordinal);
        Assert.Contains("'a'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_said_twice_has_its_last_value() =>
        Assert.Equal([new Tag("a", "2")], TagRules.Check([new Tag("a", "1"), new("a", "2")], 100, Limits.RunTagValue));

    [Fact]
    public void Faults_name_the_item_and_the_field()
    {
        Assert.Contains("'params[1].value'", Refused.AsInvalid(() => TagRules.Check([new Param("a", "1"), new("b", new string('x', 6001))], 100)), StringComparison.Ordinal);
        Assert.Contains("'tags[0].value'", Refused.AsInvalid(() => TagRules.Check([new Tag("a", new string('x', 11))], 100, 10)), StringComparison.Ordinal);
        Assert.Contains("'tags[1]'", Refused.AsInvalid(() => TagRules.Check([new Tag("a", ""), null!], 100, 10)), StringComparison.Ordinal);
        Assert.Contains("'metrics[0].timestamp'", Refused.AsInvalid(() => MetricRules.Check([new Metric { Key = "m", Timestamp = -1 }])), StringComparison.Ordinal);
        Assert.Contains("'metrics[0].model_id'", Refused.AsInvalid(() => MetricRules.Check([new Metric { Key = "m", ModelId = "../x" }])), StringComparison.Ordinal);
        Assert.Contains("'datasets[0].dataset.digest'", Refused.AsInvalid(() => DatasetRules.Check([new() { Dataset = new() { Name = "n" } }])), StringComparison.Ordinal);
    }

    [Fact]
    public void Infinities_become_the_largest_doubles_and_NaN_stays()
    {
        var values = MetricRules.Check(
            [.. new[] { double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1.5 }.Select(value => new Metric { Key = "m", Value = value })])
            .Select(metric => metric.Value);
        Assert.Equal([double.MaxValue, double.MinValue, double.NaN, 1.5], values);
    }
}
