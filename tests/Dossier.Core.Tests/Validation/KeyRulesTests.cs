using Dossier.Core.Validation;

namespace Dossier.Core.Tests.Validation;

public class KeyRulesTests
{
    [Theory]
    [InlineData("loss")]
    [InlineData("eval/loss-1:mean .x_y")]
    [InlineData("Größe")]
    [InlineData("..a")]
    public void Letters_digits_and_a_few_signs_are_allowed(string key) => Assert.Equal(key, KeyRules.Check(key, "key"));

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a/")]
    [InlineData(".")]
    [InlineData("..")]
    public void Keys_that_read_as_paths_are_refused(string key)
    {
        var message = Refused.AsInvalid(() => KeyRules.Check(key, "metrics[3].key"));
        Assert.StartsWith($"Invalid value \"{key}\" for parameter 'metrics[3].key' supplied: Names may be treated as files", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\\b")]
    [InlineData("a'b")]
    [InlineData("50%")]
    public void Other_signs_are_refused(string key) =>
        Assert.Contains("Names may only contain", Refused.AsInvalid(() => KeyRules.Check(key, "key")), StringComparison.Ordinal);

    [Fact]
    public void A_key_has_at_most_250_characters()
    {
        KeyRules.Check(new string('a', 250), "key");
        Assert.Contains("at most 250", Refused.AsInvalid(() => KeyRules.Check(new string('a', 251), "key")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_missing_key_is_named(string? key) => Assert.Equal(
        "Missing value for required parameter 'params[0].key'. See the API docs for more information about request parameters.",
        Refused.AsInvalid(() => KeyRules.Check(key, "params[0].key")));
}
