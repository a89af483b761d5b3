using Dossier.Vision.Model;
using TorchSharp;

namespace Dossier.Vision.Tests.Model;

public sealed class ViTForImageClassificationTests
{
    internal static readonly ViTConfig Tiny = new()
    {
        HiddenSize = 32, NumHiddenLayers = 2, NumAttentionHeads = 4, IntermediateSize = 64, ImageSize = 16, PatchSize = 8, EncoderStride = 8, Labels = ["normal", "bent", "melt"],
    };

    [Fact]
    public void A_model_saved_and_loaded_says_the_same()
    {
        using var folder = new TemporaryFolder();
        using var model = new ViTForImageClassification(Tiny with { NameOrPath = "somewhere/vit" });
        model.Save(folder.Path);
        using var again = ViTForImageClassification.Load(folder.Path);

        Assert.Equal(ParityTests.Logits(model), ParityTests.Logits(again));
        Assert.Equal(model.Config.Labels, again.Config.Labels);
        Assert.Equal(model.Config, again.Config with { Labels = model.Config.Labels });
        Assert.Equal([ViTConfig.FileName, ModelWeights.SafeTensorsName], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_model_made_in_a_scope_outlives_it_and_learns()
    {
        ViTForImageClassification model;
        using (torch.NewDisposeScope())
        {
            torch.manual_seed(1);
            model = new ViTForImageClassification(Tiny);
        }

        using var optimizer = torch.optim.AdamW(model.parameters(), lr: 1e-2);
        var losses = new List<float>();
        for (var step = 0; step < 60; step++)
        {
            using var scope = torch.NewDisposeScope();
            var loss = torch.nn.functional.cross_entropy(
                model.forward(torch.tensor(Fixture.Floats("tiny-vit", "pixels.f32")).view(2, 3, 16, 16)), torch.tensor([0L, 2L]));
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }

        Assert.True(losses[^1] < losses[0] / 10, string.Join(" ", losses));
        Assert.All(model.named_parameters(), weight => Assert.True(weight.parameter.grad is not null, weight.name));
        model.Dispose();
    }

    [Theory]
    [InlineData(torch.ScalarType.Float64, 1e-4)]
    [InlineData(torch.ScalarType.BFloat16, 0.2)]
    public void Another_type_of_number_reaches_every_weight(torch.ScalarType type, double tolerance)
    {
        using var model = ViTForImageClassification.Load(Fixture.Path("tiny-vit"));
        model.to(type);
        Assert.All(model.parameters(), weight => Assert.Equal(type, weight.dtype));
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var logits = model.forward(torch.tensor(Fixture.Floats("tiny-vit", "pixels.f32")).view(2, 3, 16, 16));
        Assert.Equal(type, logits.dtype);
        Assert.All(
            Fixture.Floats("tiny-vit", "logits.f32").Zip(logits.to(torch.float32).data<float>().ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0, 0.5)]
    public void Dropout_is_for_training_only(double hidden, double attention)
    {
        torch.manual_seed(11);
        using var model = new ViTForImageClassification(Tiny with { InitializerRange = 0.3, HiddenDropoutProb = hidden, AttentionProbsDropoutProb = attention });
        Assert.Equal(ParityTests.Logits(model), ParityTests.Logits(model));
        model.train();
        using var scope = torch.NewDisposeScope();
        var input = torch.tensor(Fixture.Floats("tiny-vit", "pixels.f32")).view(2, 3, 16, 16);
        Assert.NotEqual(model.forward(input).data<float>().ToArray(), model.forward(input).data<float>().ToArray());
    }

    [Fact]
    public void Queries_keys_and_values_may_have_no_bias()
    {
        using var folder = new TemporaryFolder();
        using var model = new ViTForImageClassification(Tiny with { QkvBias = false });
        Assert.DoesNotContain(model.GetWeights().Keys, name => name.Contains("attention.attention", StringComparison.Ordinal) && name.EndsWith("bias", StringComparison.Ordinal));
        model.Save(folder.Path);
        using var again = ViTForImageClassification.Load(folder.Path);
        Assert.Equal(ParityTests.Logits(model), ParityTests.Logits(again));
    }

    [Fact]
    public void New_weights_are_drawn_as_transformers_draws_them()
    {
        torch.manual_seed(3);
        using var model = new ViTForImageClassification(Tiny with { InitializerRange = 0.05 });
        Assert.All(model.GetWeights(), weight =>
        {
            var values = weight.Value.Values.ToArray();
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            if (weight.Key.EndsWith(".bias", StringComparison.Ordinal) || weight.Key.Contains("layernorm", StringComparison.Ordinal))
            {
                Assert.All(values, value => Assert.Equal(weight.Key.EndsWith(".bias", StringComparison.Ordinal) ? 0 : 1, value));
            }
            else
            {
                // Four standard errors of a deviation estimated from so many values.
                Assert.InRange(deviation, 0.05 * (1 - (4 / Math.Sqrt(2 * values.Length))), 0.05 * (1 + (4 / Math.Sqrt(2 * values.Length))));
            }
        });

        torch.manual_seed(3);
        using var again = new ViTForImageClassification(Tiny with { InitializerRange = 0.05 });
        Assert.Equal(ParityTests.Logits(model), ParityTests.Logits(again));
    }

    [Fact]
    public void Names_and_shapes_are_those_of_transformers()
    {
        using var model = new ViTForImageClassification(Tiny);
        var weights = model.GetWeights();
        Assert.Equal(ViTWeights.Shapes(Tiny).Select(weight => weight.Name).Order(), weights.Keys.Order());
        Assert.Equal(Tiny.Parameters, weights.Values.Sum(weight => weight.Values.Length));
        // The seed's model: ViT-base with two labels.
        Assert.Equal(85_800_194, new ViTConfig().Parameters);
    }
}
