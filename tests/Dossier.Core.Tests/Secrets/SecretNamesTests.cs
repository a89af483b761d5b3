using CsCheck;
using Dossier.Core.Secrets;

namespace Dossier.Core.Tests.Secrets;

public sealed class SecretNamesTests
{
    [Theory]
    [InlineData("hub_token")]
    [InlineData("push_to_hub_token")]
    [InlineData("token")]
    [InlineData("HF_TOKEN")]
    [InlineData("hubToken")]
    [InlineData("use_auth_token")]
    [InlineData("access-token")]
    [InlineData("refresh_tokens")]
    [InlineData("trainer/hub_token")]
    [InlineData("user_token")]
    [InlineData("token_value")]
    [InlineData("password")]
    [InlineData("db.password")]
    [InlineData("MLFLOW_TRACKING_PASSWORD")]
    [InlineData("dbPassword2")]
    [InlineData("ssh_passphrase")]
    [InlineData("client_secret")]
    [InlineData("secret_id")]
    [InlineData("credentials")]
    [InlineData("google credential json")]
    [InlineData("api_key")]
    [InlineData("apiKey")]
    [InlineData("APIKey")]
    [InlineData("WANDB_API_KEY")]
    [InlineData("openai-apikey")]
    [InlineData("AWS_ACCESS_KEY_ID")]
    [InlineData("aws_secret_access_key")]
    [InlineData("private_key")]
    [InlineData("storage_account_key")]
    [InlineData("connection_string")]
    [InlineData("github_pat")]
    [InlineData("Authorization")]
    public void A_secret_is_known_by_its_name(string name) => Assert.True(SecretNames.Has(name));

    [Theory]
    [InlineData("tokenizer")]
    [InlineData("tokenizer_class")]
    [InlineData("tokenizer_type")]
    [InlineData("max_tokens")]
    [InlineData("num_tokens")]
    [InlineData("tokens")]
    [InlineData("tokens_per_second")]
    [InlineData("pad_token")]
    [InlineData("pad_token_id")]
    [InlineData("eos_token")]
    [InlineData("eosToken")]
    [InlineData("bos_token_id")]
    [InlineData("decoder_start_token_id")]
    [InlineData("forced_eos_token_id")]
    [InlineData("begin_suppress_tokens")]
    [InlineData("sep_token_id")]
    [InlineData("additional_special_tokens")]
    [InlineData("loss_per_token")]
    [InlineData("tokenization")]
    [InlineData("token_type_ids")]
    [InlineData("password_length")]
    [InlineData("secret_name")]
    [InlineData("credentials_file")]
    [InlineData("token_url")]
    [InlineData("api_key_name")]
    [InlineData("key")]
    [InlineData("keyboard")]
    [InlineData("primary_key")]
    [InlineData("num_attention_heads")]
    [InlineData("passes")]
    [InlineData("secretary")]
    [InlineData("pattern")]
    [InlineData("learning_rate")]
    [InlineData("mlflow.user")]
    [InlineData("")]
    [InlineData("…")]
    public void What_only_sounds_like_a_secret_is_none(string name) => Assert.False(SecretNames.Has(name));

    [Fact]
    public void The_mask_is_the_name_in_capitals()
    {
        Assert.Equal("<HUB_TOKEN>", SecretNames.Hide("hub_token", "hf_abc"));
        Assert.Equal("<DB.PASSWORD>", SecretNames.Hide("db.password", ""));
        Assert.Equal("1e-4", SecretNames.Hide("learning_rate", "1e-4"));
        Assert.Null(SecretNames.Hide("hub_token", null));
    }

    [Fact]
    public void Case_and_separators_change_nothing() => Gen.Select(
        Gen.OneOf("hub_token", "api_key", "db_password", "eos_token", "max_tokens", "secret_name", "num_layers"), Gen.OneOf("-", ".", "/", " ", ":"), Gen.Bool)
        .Sample((name, separator, upper) =>
        {
            var other = name.Replace("_", separator, StringComparison.Ordinal);
            return SecretNames.Has(upper ? other.ToUpperInvariant() : other) == SecretNames.Has(name);
        });

    [Fact]
    public void A_prefix_does_not_uncover_a_secret() => Gen.Select(Gen.OneOf("hub_token", "api_key", "password"), Gen.String[Gen.Char['a', 'z'], 3, 8])
        .Sample((name, prefix) => SecretNames.Has($"{prefix}.training.{name}"));
}
