using Dossier.Vision.Model;
using TorchSharp;

namespace Dossier.Vision.Tests.Model;

/// <summary>The model against a computation of the published formulas that shares nothing with it.</summary>
public sealed class ParityTests
{
    [Fact]
    public void Logits_equal_an_independent_computation()
    {
        using var model = ViTForImageClassification.Load(Fixture.Path("tiny-vit"));
        Near(Fixture.Floats("tiny-vit", "logits.f32"), Logits(model));
    }

    internal static float[] Logits(ViTForImageClassification model)
    {
        model.eval();
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        return model.forward(torch.tensor(Fixture.Floats("tiny-vit", "pixels.f32")).view(2, 3, 16, 16)).data<float>().ToArray();
    }

    internal static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }
}
