using Dossier.Vision.Model;
using TorchSharp;

namespace Dossier.Vision.Tests.Model;

/// <summary>Taking a checkpoint that fits, one that nearly fits, and one that does not.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, HostTensor> _weights = SafeTensorsReader.Read(Fixture.Path("tiny-vit", "model.safetensors")).ToDictionary();
    private ViTConfig _config = ViTConfig.Load(Fixture.Path("tiny-vit"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("normal", "damaged")]
    [InlineData("melt", "bent", "normal")]
    [InlineData("a", "b", "c", "d", "e")]
    public void Other_labels_get_a_new_head_and_nothing_else_changes(params string[] labels)
    {
        torch.manual_seed(5);
        using var model = Load(labels);
        Assert.Equal(labels, model.Config.Labels);
        var weights = model.GetWeights();
        Assert.All(weights.Where(weight => !weight.Key.StartsWith("classifier", StringComparison.Ordinal)), weight =>
            Assert.Equal(_weights[weight.Key].Values.ToArray(), weight.Value.Values.ToArray()));
        Assert.Equal([labels.Length, 32], weights[ViTWeights.HeadWeight].Shape);
        Assert.All(weights[ViTWeights.HeadBias].Values.ToArray(), value => Assert.Equal(0, value));
        Assert.InRange(weights[ViTWeights.HeadWeight].Values.ToArray().Select(Math.Abs).Average(), 0.01, 0.022);
    }

    [Fact]
    public void The_same_labels_keep_the_head()
    {
        using var model = Load(["normal", "bent", "melt"]);
        ParityTests.Near(Fixture.Floats("tiny-vit", "logits.f32"), ParityTests.Logits(model));
    }

    [Fact]
    public void A_bare_encoder_becomes_a_classifier_when_labels_are_given()
    {
        foreach (var (name, tensor) in _weights.ToArray())
        {
            _weights.Remove(name);
            if (name.StartsWith("vit.", StringComparison.Ordinal))
            {
                _weights.Add(name["vit.".Length..], tensor);
            }
        }

        _weights.Add("pooler.dense.weight", new HostTensor([32, 32], new float[1024]));
        using (var model = Load(["normal", "bent", "melt"]))
        {
            Assert.Equal(_weights["layernorm.bias"].Values.ToArray(), model.GetWeights()["vit.layernorm.bias"].Values.ToArray());
        }

        Assert.Contains("2 missing: classifier.weight, classifier.bias", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_missing_unknown_or_of_another_shape_are_named()
    {
        _weights.Remove("vit.layernorm.bias");
        _weights.Add("vit.layernorm.gamma", new HostTensor([32], new float[32]));
        _weights["vit.embeddings.cls_token"] = new HostTensor([1, 32], new float[32]);
        var refusal = Refusal();
        Assert.Contains("1 missing: vit.layernorm.bias", refusal, StringComparison.Ordinal);
        Assert.Contains("1 unknown: vit.layernorm.gamma", refusal, StringComparison.Ordinal);
        Assert.Contains("1 of another shape: vit.embeddings.cls_token is [1, 32] where the config says [1, 1, 32]", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_few_of_many_are_named()
    {
        _config = _config with { NumHiddenLayers = 1 };
        var refusal = Refusal();
        Assert.Contains("16 unknown: vit.encoder.layer.1.", refusal, StringComparison.Ordinal);
        Assert.Contains("and 13 more", refusal, StringComparison.Ordinal);
        Assert.InRange(refusal.Length, 100, 600);
    }

    [Fact]
    public void Places_for_another_picture_size_are_told()
    {
        _config = _config with { ImageSize = 32 };
        Assert.Contains("position embeddings for 4 patches do not fit image_size 32 and patch_size 8, which make 16", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_config_that_promises_a_giant_takes_no_memory_for_it()
    {
        // 68 billion weights, each of whose shapes is allowed.
        _config = _config with { HiddenSize = 8192, NumHiddenLayers = 256, IntermediateSize = 8192, NumAttentionHeads = 8 };
        var before = GC.GetTotalAllocatedBytes();
        Refusal();
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 50_000_000);
    }

    [Fact]
    public void Weights_are_taken_all_or_none()
    {
        using var model = new ViTForImageClassification(_config);
        var before = model.GetWeights();
        _weights["vit.layernorm.bias"] = new HostTensor([31], new float[31]);
        Assert.Contains("vit.layernorm.bias", Assert.Throws<VisionException>(() => model.SetWeights(_weights)).Message, StringComparison.Ordinal);
        Assert.All(model.GetWeights(), weight => Assert.Equal(before[weight.Key].Values.ToArray(), weight.Value.Values.ToArray()));
    }

    [Fact]
    public void Pixels_of_another_size_are_refused()
    {
        using var model = new ViTForImageClassification(_config);
        using var scope = torch.NewDisposeScope();
        Assert.Contains(
            "[batch, 3, 16, 16], not [1, 3, 32, 32]", Assert.Throws<VisionException>(() => model.forward(torch.zeros(1, 3, 32, 32))).Message, StringComparison.Ordinal);
    }

    private ViTForImageClassification Load(string[]? labels = null)
    {
        _config.Save(_folder.Path);
        ModelWeights.Save(_folder.Path, _weights);
        return ViTForImageClassification.Load(_folder.Path, labels);
    }

    private string Refusal() => Assert.Throws<VisionException>(() => Load()).Message;
}
