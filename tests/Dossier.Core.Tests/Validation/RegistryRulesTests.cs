using Dossier.Core.Validation;

namespace Dossier.Core.Tests.Validation;

public class RegistryRulesTests
{
    [Theory]
    [InlineData("staging", "Staging")]
    [InlineData("PRODUCTION", "Production")]
    [InlineData("none", "None")]
    [InlineData("Archived", "Archived")]
    public void Stages_are_read_without_case(string written, string stage) => Assert.Equal(stage, RegistryRules.Stage(written));

    [Fact]
    public void An_unknown_stage_is_refused_with_those_known() => Assert.Equal(
        "Invalid Model Version stage: Foo. Value must be one of None, Staging, Production, Archived.",
        Refused.AsInvalid(() => RegistryRules.Stage("Foo")));

    [Theory]
    [InlineData("latest")]
    [InlineData("LATEST")]
    [InlineData("v1")]
    [InlineData("V22")]
    public void Aliases_that_mean_a_version_already_are_reserved(string alias) =>
        Assert.Contains("reserved", Refused.AsInvalid(() => RegistryRules.NewAlias(alias)), StringComparison.Ordinal);

    [Theory]
    [InlineData("champion")]
    [InlineData("v")]
    [InlineData("v1a")]
    [InlineData("x-1_y")]
    public void Other_aliases_are_free(string alias) => Assert.Equal(alias, RegistryRules.NewAlias(alias));

    [Theory]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a@b")]
    public void An_alias_is_one_word(string alias) => Assert.Contains("'alias'", Refused.AsInvalid(() => RegistryRules.NewAlias(alias)), StringComparison.Ordinal);

    [Fact]
    public void An_alias_has_at_most_255_characters() =>
        Assert.Contains("at most 255", Refused.AsInvalid(() => RegistryRules.NewAlias(new string('a', 256))), StringComparison.Ordinal);

    [Theory]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData(" ")]
    [InlineData("..")]
    [InlineData("a\nb")]
    public void A_model_name_must_fit_into_a_model_uri(string name) =>
        Assert.Contains("models:/name/version", Refused.AsInvalid(() => RegistryRules.NewName(name)), StringComparison.Ordinal);
}
