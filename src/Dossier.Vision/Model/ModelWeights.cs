using System.Text.Json;

namespace Dossier.Vision.Model;

/// <summary>A model's weights by transformers' names. Nothing in a file is executed, every length is checked before memory is taken for it.</summary>
public static class ModelWeights
{
    /// <summary>The file written, and read first.</summary>
    public const string SafeTensorsName = "model.safetensors";

    /// <summary>Says which file holds which weight where a large model is written in several safetensors files.</summary>
    public const string SafeTensorsIndexName = "model.safetensors.index.json";

    /// <summary>Read where there is no safetensors file: PyTorch's zip with a pickle, of which only tensors, storages and ordered dictionaries are understood.</summary>
    public const string PyTorchName = "pytorch_model.bin";

    private const int MaximumIndex = 16 << 20;

    /// <summary>Reads a folder's weights as 32-bit floats (halves and bfloat16 are widened).</summary>
    /// <exception cref="VisionException">Missing, cut off, or of a form that is refused.</exception>
    public static IReadOnlyDictionary<string, HostTensor> Load(string folder)
    {
        var (safeTensors, index, pyTorch) = (Path.Combine(folder, SafeTensorsName), Path.Combine(folder, SafeTensorsIndexName), Path.Combine(folder, PyTorchName));
        return File.Exists(safeTensors) ? SafeTensorsReader.Read(safeTensors)
            : File.Exists(index) ? ReadParts(folder, index)
            : File.Exists(pyTorch) ? PyTorchArchive.Read(pyTorch)
            : throw new VisionException($"{folder} has no weights: neither {SafeTensorsName} nor {PyTorchName}.");
    }

    /// <summary>Writes <see cref="SafeTensorsName"/>, under its name only when complete.</summary>
    public static void Save(string folder, IReadOnlyDictionary<string, HostTensor> weights) =>
        WholeFile.Write(Path.Combine(folder, SafeTensorsName), stream => SafeTensorsWriter.Write(stream, weights));

    private static Dictionary<string, HostTensor> ReadParts(string folder, string index)
    {
        var places = Places(index);
        var weights = new Dictionary<string, HostTensor>(places.Count);
        foreach (var part in places.Values.Distinct().Order(StringComparer.Ordinal))
        {
            foreach (var (name, tensor) in SafeTensorsReader.Read(Path.Combine(folder, part)))
            {
                if (places.GetValueOrDefault(name) != part)
                {
                    throw new VisionException($"{index} does not say that {part} holds '{name}', but it does.");
                }

                weights.Add(name, tensor);
            }
        }

        return places.Keys.FirstOrDefault(name => !weights.ContainsKey(name)) is { } missing
            ? throw new VisionException($"{index} lists '{missing}' in {places[missing]}, but it is not there.")
            : weights;
    }

    private static Dictionary<string, string> Places(string index)
    {
        try
        {
            using var stream = File.OpenRead(index);
            if (stream.Length > MaximumIndex)
            {
                throw new VisionException($"{index} is {stream.Length} bytes long; at most {MaximumIndex} are read.");
            }

            using var document = JsonDocument.Parse(stream);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
            {
                throw new VisionException($"{index} must have a weight_map: files by the names of their weights.");
            }

            var places = new Dictionary<string, string>();
            foreach (var place in map.EnumerateObject())
            {
                var part = place.Value.ValueKind == JsonValueKind.String ? place.Value.GetString()! : string.Empty;
                if (!part.EndsWith(".safetensors", StringComparison.Ordinal) || part != Path.GetFileName(part) || part.AsSpan().ContainsAny('\\', '\0'))
                {
                    throw new VisionException($"{index}: '{place.Name}' must be in a .safetensors file of the same folder.");
                }

                places[place.Name] = part;
            }

            return places;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new VisionException($"{index} is not JSON: {malformed.Message}", malformed);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"{index} cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
