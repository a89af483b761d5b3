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
    public static IReadOnlyDictionary<string, HostTensor> Load(string folder)
    {
        var safeTensors = Path.Combine(folder, SafeTensorsName);
        if (File.Exists(safeTensors))
        {
            return SafeTensorsReader.Read(safeTensors);
        }

        throw new VisionException($"{folder} has no {SafeTensorsName} and no {PyTorchName}.");
    }

    /// <summary>Writes <see cref="SafeTensorsName"/>, under its name only when complete.</summary>
    public static void Save(string folder, IReadOnlyDictionary<string, HostTensor> weights) =>
        WholeFile.Write(Path.Combine(folder, SafeTensorsName), stream => SafeTensorsWriter.Write(stream, weights));
}
