using Dossier.Core.Validation;

namespace Dossier.Core.Tests.Validation;

public class IdRulesTests
{
    [Fact]
    public void A_run_may_be_named_by_either_id()
    {
        Assert.Equal("a1", IdRules.EitherRun("a1", null));
        Assert.Equal("a1", IdRules.EitherRun("", "a1"));
        Assert.Contains("'run_id'", Refused.AsInvalid(() => IdRules.EitherRun(null, null)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../etc")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\0")]
    public void An_id_that_could_be_a_path_is_refused(string id) =>
        Assert.Contains("'run_id'", Refused.AsInvalid(() => IdRules.Run(id)), StringComparison.Ordinal);

    [Fact]
    public void Ids_are_bounded()
    {
        IdRules.Run(new string('a', 256));
        IdRules.Experiment(new string('1', 64));
        Assert.Contains("at most 256", Refused.AsInvalid(() => IdRules.Run(new string('a', 257))), StringComparison.Ordinal);
        Assert.Contains("at most 64", Refused.AsInvalid(() => IdRules.Experiment(new string('1', 65))), StringComparison.Ordinal);
    }
}
