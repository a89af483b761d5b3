using Dossier.Vision.Model;

namespace Dossier.Vision.Bench;

/// <summary>A size that figures are published for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Config">Its shape.</param>
public sealed record BenchModel(string Name, ViTConfig Config)
{
    /// <summary>What is trained from scratch on two cores.</summary>
    public static BenchModel Tiny { get; } = new(
        "tiny (image 64, patch 8, hidden 96, 4 layers)",
        new ViTConfig { ImageSize = 64, PatchSize = 8, HiddenSize = 96, NumHiddenLayers = 4, NumAttentionHeads = 3, IntermediateSize = 384 });

    /// <summary>Twice as wide.</summary>
    public static BenchModel Small { get; } = new(
        "small (image 64, patch 8, hidden 192, 4 layers)",
        new ViTConfig { ImageSize = 64, PatchSize = 8, HiddenSize = 192, NumHiddenLayers = 4, NumAttentionHeads = 3, IntermediateSize = 768 });

    /// <summary>The seed's model.</summary>
    public static BenchModel Base { get; } = new("ViT-base-224", new ViTConfig());
}
