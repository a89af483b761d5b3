using Dossier.Vision.Model;

namespace Dossier.Vision.Onnx;

/// <summary>Writes a vision transformer as an ONNX graph: input <c>pixel_values</c> <c>[batch, channels, height, width]</c>, output <c>logits</c> <c>[batch, labels]</c>, any batch.</summary>
public static class OnnxExporter
{
    /// <summary>Writes the file, under its name only when complete. Needs no torch.</summary>
    public static void Write(ViTConfig config, IReadOnlyDictionary<string, HostTensor> weights, string file) => throw new NotImplementedException();
}
