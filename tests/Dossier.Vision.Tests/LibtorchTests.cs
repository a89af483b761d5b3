using TorchSharp;

namespace Dossier.Vision.Tests;

/// <summary>libtorch works on this system, whatever its libstdc++.</summary>
public sealed class LibtorchTests
{
    [Fact]
    public void Torch_loads_and_calculates()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(3, torch.ones(3).sum().item<float>());
    }
}
