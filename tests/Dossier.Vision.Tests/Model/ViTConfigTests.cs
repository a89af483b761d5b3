using System.Text.Json.Nodes;
using Dossier.Vision.Model;

namespace Dossier.Vision.Tests.Model;

public sealed class ViTConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_config_is_written_as_transformers_writes_it()
    {
        ViTForImageClassificationTests.Tiny.Save(_folder.Path);
        Assert.Equal(File.ReadAllText(Fixture.Path("tiny-vit", "config.json")), File.ReadAllText(_folder.File(ViTConfig.FileName)));
    }

    [Fact]
    public void Everything_in_a_config_is_read_again()
    {
        var config = new ViTConfig
        {
            HiddenSize = 48, NumHiddenLayers = 3, NumAttentionHeads = 6, IntermediateSize = 50, HiddenDropoutProb = 0.1, AttentionProbsDropoutProb = 0.25, InitializerRange = 0.5,
            LayerNormEps = 1e-6, ImageSize = 40, PatchSize = 10, NumChannels = 1, QkvBias = false, EncoderStride = 10, Labels = ["a", "Größe \"1\""], NameOrPath = "some/where",
        };
        config.Save(_folder.Path);
        var again = ViTConfig.Load(_folder.Path);
        Assert.Equal(config.Labels, again.Labels);
        Assert.Equal(config, again with { Labels = config.Labels });
    }

    [Fact]
    public void What_is_missing_has_transformers_defaults_and_what_is_unknown_is_passed_over()
    {
        Write("""{"model_type":"vit","pooler_act":"tanh","num_hidden_layers":null,"anything":{"at":["all"]}}""");
        var usual = new ViTConfig();
        Assert.Equal(usual, ViTConfig.Load(_folder.Path) with { Labels = usual.Labels });
        Write("""{"model_type":"vit","num_labels":3}""");
        Assert.Equal(["LABEL_0", "LABEL_1", "LABEL_2"], ViTConfig.Load(_folder.Path).Labels);
    }

    [Fact]
    public void Labels_go_by_their_ids_and_may_share_a_name()
    {
        Write("""{"model_type":"vit","id2label":{"2":"crane","10":"k","0":"a","1":"crane","3":"d","4":"e","5":"f","6":"g","7":"h","8":"i","9":"j"}}""");
        var config = ViTConfig.Load(_folder.Path);
        Assert.Equal(["a", "crane", "crane", "d", "e", "f", "g", "h", "i", "j", "k"], config.Labels);
        config.Save(_folder.Path);
        Assert.Equal(2, JsonNode.Parse(File.ReadAllText(_folder.File(ViTConfig.FileName)))!["label2id"]!["crane"]!.GetValue<int>());
        Assert.Equal(config.Labels, ViTConfig.Load(_folder.Path).Labels);
    }

    [Theory]
    [InlineData("model_type", "\"bert\"", "'bert'; only 'vit'")]
    [InlineData("model_type", "7", "must be a text")]
    [InlineData("hidden_size", "\"768\"", "must be a whole number")]
    [InlineData("hidden_size", "-768", "hidden_size is -768; it must be from 1 to 8192")]
    [InlineData("hidden_size", "0", "from 1 to")]
    [InlineData("hidden_size", "3000000000", "at most 32 bits")]
    [InlineData("hidden_size", "1e99", "must be a whole number")]
    [InlineData("hidden_size", "770", "num_attention_heads (12) must divide hidden_size (770)")]
    [InlineData("num_hidden_layers", "2147483647", "from 1 to 256")]
    [InlineData("image_size", "[224, 224]", "a list; it must be a whole number")]
    [InlineData("image_size", "225", "patch_size (16) must divide image_size (225)")]
    [InlineData("patch_size", "0", "patch_size is 0")]
    [InlineData("hidden_act", "\"gelu_new\"", "'gelu_new' is not known; only 'gelu' is")]
    [InlineData("hidden_dropout_prob", "1", "from 0 to below 1")]
    [InlineData("layer_norm_eps", "1e999", "must be above 0")]
    [InlineData("layer_norm_eps", "0", "above 0")]
    [InlineData("initializer_range", "\"NaN\"", "must be a number")]
    [InlineData("qkv_bias", "1", "must be true or false")]
    [InlineData("num_labels", "1000000000", "from 1 to 100000")]
    [InlineData("id2label", "{}", "number of labels is 0")]
    [InlineData("id2label", "[\"a\"]", "an object of names by id")]
    [InlineData("id2label", "{\"1\":\"a\"}", "the ids of 1 labels are 0 to 0")]
    [InlineData("id2label", "{\"0\":\"a\",\"00\":\"b\"}", "each once")]
    [InlineData("id2label", "{\"0\":\"a\",\"0\":\"b\"}", "each once")]
    [InlineData("id2label", "{\"-1\":\"a\"}", "odd at '-1'")]
    [InlineData("id2label", "{\"0\":5}", "a label is a text")]
    [InlineData("_name_or_path", "[]", "must be a text")]
    public void A_field_that_cannot_be_is_named_with_what_would_be_right(string name, string value, string told)
    {
        Write($$"""{"model_type":"vit","{{name}}":{{value}}}""");
        var refusal = Assert.Throws<VisionException>(() => ViTConfig.Load(_folder.Path)).Message;
        Assert.Contains(told, refusal, StringComparison.Ordinal);
        Assert.Contains(_folder.File(ViTConfig.FileName), refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "model_type is missing")]
    [InlineData("[]", "must hold a JSON object, not a list")]
    [InlineData("{\"model_type\":", "not JSON")]
    [InlineData("{\"model_type\":\"\\ud800\"}", "not JSON")]
    [InlineData("", "not JSON")]
    public void A_file_that_is_no_config_is_told(string text, string told)
    {
        Write(text);
        Assert.Contains(told, Assert.Throws<VisionException>(() => ViTConfig.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_config_is_told_what_it_should_hold() =>
        Assert.Contains("model.safetensors", Assert.Throws<VisionException>(() => ViTConfig.Load(_folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_shape_that_could_not_be_read_again_is_not_written()
    {
        Assert.Throws<VisionException>(() => (new ViTConfig() with { PatchSize = 15 }).Save(_folder.Path));
        Assert.Throws<VisionException>(() => new ViTForImageClassification(new ViTConfig { HiddenSize = 1 << 30 }));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private void Write(string text) => File.WriteAllText(_folder.File(ViTConfig.FileName), text);
}
