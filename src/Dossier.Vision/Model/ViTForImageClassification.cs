using static TorchSharp.torch;

namespace Dossier.Vision.Model;

/// <summary>The vision transformer with a classification head on the first token: structure and names of transformers' class of the same name.</summary>
public sealed class ViTForImageClassification : nn.Module<Tensor, Tensor>
{
    /// <summary>With new weights, drawn from torch's generator.</summary>
    public ViTForImageClassification(ViTConfig config)
        : base(nameof(ViTForImageClassification)) => Config = config;

    /// <summary>The shape.</summary>
    public ViTConfig Config { get; }

    /// <summary>Logits.</summary>
    /// <param name="input">Pixels: <c>[batch, channels, image_size, image_size]</c>.</param>
    /// <returns><c>[batch, labels]</c>.</returns>
    public override Tensor forward(Tensor input) => throw new NotImplementedException();

    /// <summary>Reads a folder with <c>config.json</c> and weights.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="labels">The classes wanted; null keeps the folder's. If they differ, the head is new and everything else is kept.</param>
    /// <exception cref="VisionException">A weight is missing, unknown or of another shape; the message names it.</exception>
    public static ViTForImageClassification Load(string folder, IReadOnlyList<string>? labels = null) => throw new NotImplementedException();

    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c>.</summary>
    public void Save(string folder) => throw new NotImplementedException();

    /// <summary>A copy of the weights, by transformers' names.</summary>
    public IReadOnlyDictionary<string, HostTensor> GetWeights() => throw new NotImplementedException();

    /// <summary>Takes weights; names and shapes must be this model's, all of them.</summary>
    /// <exception cref="VisionException">As <see cref="Load"/>.</exception>
    public void SetWeights(IReadOnlyDictionary<string, HostTensor> weights) => throw new NotImplementedException();
}
