using System.Text.Json.Nodes;
using Dossier.Vision.Inference;
using Dossier.Vision.Model;
using Dossier.Vision.Onnx;
using Dossier.Vision.Pictures;
using TorchSharp;

namespace Dossier.Vision.Tests.Onnx;

public sealed class OnnxExporterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dossier-vision-tests-");

    private string GraphFile => Path.Combine(_folder.FullName, "model.onnx");

    public static TheoryData<int> Cases => [0, 1, 2];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_graph_answers_as_PyTorch_does(int index)
    {
        var (config, batch, expected) = Fixture(index);
        OnnxExporter.Write(config, SampleWeights.Of(config), GraphFile);
        using var classifier = PictureClassifier.Open(GraphFile, config, Processor(config));
        var pixels = SampleWeights.Pixels(batch * classifier.Processor.Length);

        var logits = classifier.Logits(pixels, batch);
        Assert.Equal(expected.Length, logits.Length);
        Assert.All(logits.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4));

        // Any batch: the second picture alone gets the same answer.
        var alone = classifier.Logits(pixels.AsMemory(classifier.Processor.Length, classifier.Processor.Length), 1);
        Assert.All(alone.Zip(logits[config.Labels.Count..]), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Fact]
    public void A_missing_weight_is_named_and_nothing_is_left_behind()
    {
        var (config, _, _) = Fixture(0);
        var weights = SampleWeights.Of(config);
        weights.Remove("vit.encoder.layer.1.output.dense.bias");

        var refusal = Assert.Throws<VisionException>(() => OnnxExporter.Write(config, weights, GraphFile));
        Assert.Contains("1 missing: vit.encoder.layer.1.output.dense.bias", refusal.Message);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void A_weight_of_another_shape_is_named_with_both_shapes()
    {
        var (config, _, _) = Fixture(0);
        var weights = SampleWeights.Of(config);
        weights["classifier.weight"] = new HostTensor([2, 32], new float[64]);

        var refusal = Assert.Throws<VisionException>(() => OnnxExporter.Write(config, weights, GraphFile));
        Assert.Contains("classifier.weight is [2, 32] where the config says [3, 32]", refusal.Message);
    }

    [Fact]
    public void The_graph_answers_as_the_model_that_was_trained()
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var config = Fixture(1).Config with { QkvBias = true, InitializerRange = 0.2 };
        using var model = new ViTForImageClassification(config);
        model.eval();
        OnnxExporter.Write(config, model.GetWeights(), GraphFile);
        using var classifier = PictureClassifier.Open(GraphFile, config, Processor(config));
        var pixels = SampleWeights.Pixels(2 * classifier.Processor.Length);

        var expected = model.forward(torch.tensor(pixels).view(2, 3, config.ImageSize, config.ImageSize)).data<float>().ToArray();
        Assert.All(classifier.Logits(pixels, 2).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
    }

    private static ImageProcessor Processor(ViTConfig config) => new() { Height = config.ImageSize, Width = config.ImageSize };

    private static (ViTConfig Config, int Batch, double[] Logits) Fixture(int index)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "onnx", "logits.json"));
        var fixture = JsonNode.Parse(text)![index]!;
        var config = new ViTConfig
        {
            HiddenSize = (int)fixture["hidden_size"]!,
            NumHiddenLayers = (int)fixture["num_hidden_layers"]!,
            NumAttentionHeads = (int)fixture["num_attention_heads"]!,
            IntermediateSize = (int)fixture["intermediate_size"]!,
            ImageSize = (int)fixture["image_size"]!,
            PatchSize = (int)fixture["patch_size"]!,
            QkvBias = (bool)fixture["qkv_bias"]!,
            Labels = [.. Enumerable.Range(0, (int)fixture["labels"]!).Select(id => $"class {id}")],
        };
        return (config, (int)fixture["batch"]!, [.. fixture["logits"]!.AsArray().Select(value => (double)value!)]);
    }
}
