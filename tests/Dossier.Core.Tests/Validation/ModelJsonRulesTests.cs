using Dossier.Core.Validation;

namespace Dossier.Core.Tests.Validation;

public class ModelJsonRulesTests
{
    [Fact]
    public void An_MLmodel_with_what_every_one_has_is_kept_as_it_is()
    {
        const string Json = """{"run_id": "r", "artifact_path": "model", "utc_time_created": "2026-01-01", "flavors": {}, "x": [1]}""";
        Assert.Equal(Json, ModelJsonRules.Check(Json));
    }

    [Theory]
    [InlineData("""{"run_id": "r", "flavors": {}}""", "artifact_path, utc_time_created")]
    [InlineData("[]", "JSON object")]
    [InlineData("{", "invalid JSON")]
    public void Anything_else_is_refused_with_what_is_wrong(string json, string part) =>
        Assert.Contains(part, Refused.AsInvalid(() => ModelJsonRules.Check(json)), StringComparison.Ordinal);
}
