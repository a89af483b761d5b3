namespace Dossier.Vision.Model;

/// <summary>A model's weights by transformers' names. Nothing in a file is executed, every length is checked before memory is taken for it.</summary>
public static class ModelWeights
{
    /// <summary>The file written, and read first.</summary>
    public const string SafeTensorsName = "model.safetensors";

    /// <summary>Read where there is no safetensors file: PyTorch's zip with a pickle, of which only tensors, storages and ordered dictionaries are understood.</summary>
    public const string PyTorchName = "pytorch_model.bin";

    /// <summary>Reads a folder's weights as 32-bit floats (halves and bfloat16 are widened).</summary>
    /// <exception cref="VisionException">Missing, cut off, or of a form that is refused.</exception>
    public static IReadOnlyDictionary<string, HostTensor> Load(string folder) => throw new NotImplementedException();

    /// <summary>Writes <see cref="SafeTensorsName"/>, under its name only when complete.</summary>
    public static void Save(string folder, IReadOnlyDictionary<string, HostTensor> weights) => throw new NotImplementedException();
}
