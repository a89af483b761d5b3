using Dossier.Vision.Training;
using static TorchSharp.torch;

namespace Dossier.Vision.Tests.Training;

public sealed class WeightsTests
{
    [Fact]
    public void Bfloat16_keeps_what_its_eight_bits_cannot_hold()
    {
        using var scope = NewDisposeScope();
        using var model = Boards.Model();
        var before = model.GetWeights();
        using (var weights = new Weights(model, bf16: true))
        using (var optimizer = new AdamW(weights.Masters, new() { OutputDir = "unused" }))
        {
            Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.BFloat16, parameter.dtype));
            for (var step = 0; step < 10; step++)
            {
                weights.ZeroGrad();
                model.forward(ones(2, 3, Boards.Side, Boards.Side)).to_type(ScalarType.Float32).square().sum().backward();
                weights.TakeGradients();
                optimizer.Step(1e-6);
                weights.GiveToModel();
            }
        }
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        var after = model.GetWeights()["classifier.weight"].Values.ToArray();
        var moved = before["classifier.weight"].Values.ToArray().Zip(after, (a, b) => Math.Abs(a - b)).ToList();
        // Ten steps of at most 1e-6 each: less than bfloat16 tells apart at these weights.
        Assert.InRange(moved.Max(), 5e-6, 1.1e-5);
    }

    [Fact]
    public void Masters_can_be_set_and_read_back_to_the_last_bit()
    {
        using var model = Boards.Model();
        using var weights = new Weights(model, bf16: true);
        var wanted = Boards.Model(seed: 3).GetWeights();
        weights.SetWeights(wanted);
        Assert.All(weights.GetWeights(), pair => Assert.Equal(wanted[pair.Key].Values.ToArray(), pair.Value.Values.ToArray()));
    }
}
