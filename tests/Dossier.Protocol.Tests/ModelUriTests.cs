using CsCheck;
using Dossier.Testing;

namespace Dossier.Protocol.Tests;

public sealed class ModelUriTests
{
    public static TheoryData<string, ModelUri> Right => new()
    {
        { "models:/my model/7", new ModelUri.OfVersion("models:/my model/7", "my model", "7") },
        { "models:/a.b.c/12/", new ModelUri.OfVersion("models:/a.b.c/12/", "a.b.c", "12") },
        { "models:/m/production", new ModelUri.OfStage("models:/m/production", "m", "Production") },
        { "models:/m/None", new ModelUri.OfStage("models:/m/None", "m", "None") },
        { "models:/m/Latest", new ModelUri.OfLatest("models:/m/Latest", "m") },
        { "models:/m@champion", new ModelUri.OfAlias("models:/m@champion", "m", "champion") },
        { "models:/m-0123abc", new ModelUri.OfLoggedModel("models:/m-0123abc", "m-0123abc") },
        { "models:/m-0123abc/1", new ModelUri.OfVersion("models:/m-0123abc/1", "m-0123abc", "1") },
        { "runs:/r1/model/sub/", new ModelUri.OfRun("runs:/r1/model/sub/", "r1", "model/sub") },
        { "runs:/r1", new ModelUri.OfRun("runs:/r1", "r1", "") },
        { "data:file.json", new ModelUri.OfData("data:file.json", "file.json") },
        { "data:/file.json", new ModelUri.OfData("data:/file.json", "file.json") },
        { "data://abs/file.json", new ModelUri.OfData("data://abs/file.json", "/abs/file.json") },
        { "dbfs:/databricks/x", new ModelUri.OfArtifact("dbfs:/databricks/x") },
        { "s3://bucket/model", new ModelUri.OfArtifact("s3://bucket/model") },
        { "mlflow-artifacts:/0/r/artifacts/model", new ModelUri.OfArtifact("mlflow-artifacts:/0/r/artifacts/model") },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public void A_model_URI_is_understood(string text, ModelUri expected) => Assert.Equal(expected, ModelUri.Parse(text));

    [Theory]
    [InlineData("", "it has no scheme")]
    [InlineData("my-model/1", "models:/NAME/VERSION")]
    [InlineData("/some/path", "it has no scheme")]
    [InlineData("C:\\models\\m", "it has no scheme")]
    [InlineData("models:/m", "it has no version")]
    [InlineData("models:/m/0", "neither a version")]
    [InlineData("models:/m/prod", "Production")]
    [InlineData("models:/m@", "models:/NAME@ALIAS")]
    [InlineData("models:/@a", "models:/NAME@ALIAS")]
    [InlineData("models:/a/b/1", "models:/NAME/VERSION")]
    [InlineData("models:m/1", "one slash must follow the scheme")]
    [InlineData("models://m/1", "one slash must follow the scheme")]
    [InlineData("models:/", "models:/NAME/VERSION")]
    [InlineData("runs:/", "runs:/RUN_ID/PATH")]
    [InlineData("runs:/r/../x", "must not contain")]
    [InlineData("data:", "data:FILE.json")]
    [InlineData("s3:", "nothing follows")]
    public void A_wrong_model_URI_is_refused_saying_what_would_be_right(string text, string hint)
    {
        var exception = Assert.Throws<ProtocolException>(() => ModelUri.Parse(text));
        Assert.Equal("INVALID_PARAMETER_VALUE", exception.ErrorCode);
        Assert.Contains(hint, exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{text}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_a_model_URI_that_keeps_its_text_or_a_protocol_error() =>
        Gen.Select(JsonGens.AnyOf("models:/", "runs:/", "data:", "s3:", ""), JsonGens.Text).Sample((scheme, rest) =>
        {
            try
            {
                Assert.Equal(scheme + rest, ModelUri.Parse(scheme + rest).Text);
            }
            catch (ProtocolException exception)
            {
                Assert.Equal("INVALID_PARAMETER_VALUE", exception.ErrorCode);
            }
        });

    [Fact]
    public void An_endless_model_URI_is_refused() =>
        Assert.Throws<ProtocolException>(() => ModelUri.Parse("models:/" + new string('a', 10_000) + "/1"));
}
