using CsCheck;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Tests.Secrets;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("postgresql://ann:pa:ss@db/x", "postgresql://***@db/x")]
    [InlineData("see https://ann@h/a and ftp://b:c@d/", "see https://***@h/a and ftp://***@d/")]
    [InlineData("https://a.blob/x?sv=1&sig=abc%2B&se=2", "https://a.blob/x?sv=1&sig=***&se=2")]
    [InlineData("https://s3/x?X-Amz-Signature=abc&X-Amz-Credential=k#part", "https://s3/x?X-Amz-Signature=***&X-Amz-Credential=***#part")]
    [InlineData("https://h/x?token=abc", "https://h/x?token=***")]
    [InlineData("https://f/api/x?code=abc==", "https://f/api/x?code=***")]
    [InlineData("https://h/x?auth_token=abc&client_secret=d&x-api-key=e&a=1", "https://h/x?auth_token=***&client_secret=***&x-api-key=***&a=1")]
    [InlineData("s3://bucket/ann@example.com/model", "s3://bucket/ann@example.com/model")]
    [InlineData("ann@example.com", "ann@example.com")]
    [InlineData("runs:/abc/model", "runs:/abc/model")]
    [InlineData("https://h/x?design=1", "https://h/x?design=1")]
    public void Credentials_of_uris_are_taken_out_and_nothing_else(string text, string shown) => Assert.Equal(shown, Redaction.Of(text));

    [Fact]
    public void No_error_message_repeats_a_password_of_a_uri_however_long_the_text() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 0, 200], Gen.Int[1, 30]).Sample((prefix, users) =>
            !TextRules.Excerpt($"{prefix} https://{new string('u', users)}:hunter2@host/{prefix}").Contains("hunter2", StringComparison.Ordinal));
}
