using Dossier.Core.Validation;

namespace Dossier.Core.Tests.Validation;

public class NumberRulesTests
{
    [Theory]
    [InlineData(1001)]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_page_length_out_of_bounds_is_refused(long length) => Assert.StartsWith(
        $"Invalid value \"{length}\" for parameter 'max_results' supplied: Hint: ",
        Refused.AsInvalid(() => NumberRules.MaxResults(length, 100, 1000)),
        StringComparison.Ordinal);

    [Fact]
    public void An_absent_page_length_is_the_default()
    {
        Assert.Equal(100, NumberRules.MaxResults(null, 100, 1000));
        Assert.Equal(1000, NumberRules.MaxResults(1000, 100, 1000));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    [InlineData(" 1")]
    public void A_version_that_is_no_number_is_refused(string version) =>
        Assert.Equal($"Parameter 'version' must be an integer, got '{version}'.", Refused.AsInvalid(() => NumberRules.Version(version)));

    [Fact]
    public void Times_are_not_negative()
    {
        Assert.Equal(0, NumberRules.Time(0, "timestamp"));
        Assert.Contains("'timestamp'", Refused.AsInvalid(() => NumberRules.Time(-1, "timestamp")), StringComparison.Ordinal);
        Assert.Contains("'timestamp'", Refused.AsInvalid(() => NumberRules.Time(null, "timestamp")), StringComparison.Ordinal);
    }
}
