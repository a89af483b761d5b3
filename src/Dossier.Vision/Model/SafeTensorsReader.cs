using System.Buffers.Binary;
using System.Text.Json;

namespace Dossier.Vision.Model;

/// <summary>
/// Reads the safetensors format: the header's length (64 bits, little-endian), a JSON header of names with dtype, shape and offsets, then the tensors' bytes.
/// As the format asks, the bytes must be covered without gap or overlap. One tensor is read at a time, straight into its floats.
/// </summary>
internal static class SafeTensorsReader
{
    // The format allows 100 MB; 256 layers need half of one, and what JSON becomes in memory is several times its text.
    private const int MaximumHeader = 16 << 20;

    public static IReadOnlyDictionary<string, HostTensor> Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return Read(path, stream);
        }
        // JsonElement throws the second for a text with half of a surrogate pair.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new VisionException($"{path}: the header is not JSON: {malformed.Message}", malformed);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"{path} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private static Dictionary<string, HostTensor> Read(string path, FileStream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
        {
            throw new VisionException($"{path} is cut off: {stream.Length} bytes are not even the header's length.");
        }

        if (length.SequenceEqual("version "u8))
        {
            throw new VisionException($"{path} is a pointer that Git LFS left in place of the file; 'git lfs pull' fetches it.");
        }

        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerLength > MaximumHeader)
        {
            throw new VisionException($"{path} is not a safetensors file, or not a model's: its header would take {headerLength} bytes; at most {MaximumHeader} are read.");
        }

        var room = stream.Length - length.Length - (long)headerLength;
        if (room < 0)
        {
            throw new VisionException($"{path} is cut off: its header should take {headerLength} bytes, the whole file has {stream.Length}.");
        }

        var header = new byte[headerLength];
        stream.ReadExactly(header);
        var entries = Entries(path, header);
        Covered(path, entries, room);

        var weights = new Dictionary<string, HostTensor>(entries.Count);
        foreach (var entry in entries)
        {
            weights.Add(entry.Name, new HostTensor(entry.Shape, entry.Type.Read(stream, entry.Count)));
        }

        return weights;
    }

    private static List<Entry> Entries(string path, byte[] header)
    {
        using var document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new VisionException($"{path}: the header is not a JSON object of tensors by name.");
        }

        var entries = new List<Entry>();
        var names = new HashSet<string>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new VisionException($"{path}: the header names '{property.Name}' twice.");
            }

            if (property.Name != "__metadata__")
            {
                entries.Add(Parse(path, property));
            }
        }

        return [.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
    }

    private static Entry Parse(string path, JsonProperty property)
    {
        var (name, value) = (property.Name, property.Value);
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out var shape) || Numbers(shape) is not { } sizes
            || !value.TryGetProperty("data_offsets", out var offsets) || Numbers(offsets) is not [var begin, var end])
        {
            throw new VisionException($"{path}: '{name}' must have a dtype, a shape of whole numbers and two data_offsets.");
        }

        var type = dtype.GetString() switch
        {
            "F32" => ElementType.Float32,
            "F16" => ElementType.Float16,
            "BF16" => ElementType.BFloat16,
            "F64" => ElementType.Float64,
            var other => throw new VisionException($"{path}: '{name}' is of dtype {other}; weights are F32, F16, BF16 or F64."),
        };
        if (HostTensor.Count(sizes) is not { } count)
        {
            throw new VisionException($"{path}: '{name}' has the impossible shape {ViTWeights.Show(sizes)}.");
        }

        return end - begin == (long)count * type.Size()
            ? new Entry(name, type, sizes, count, begin, end)
            : throw new VisionException($"{path}: '{name}' has the offsets {begin} to {end}, but {ViTWeights.Show(sizes)} of {dtype} takes {(long)count * type.Size()} bytes.");
    }

    private static long[]? Numbers(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > 8)
        {
            return null;
        }

        var numbers = new long[list.GetArrayLength()];
        var i = 0;
        foreach (var number in list.EnumerateArray())
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetInt64(out numbers[i]) || numbers[i] < 0)
            {
                return null;
            }

            i++;
        }

        return numbers;
    }

    private static void Covered(string path, List<Entry> entries, long room)
    {
        long end = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != end)
            {
                throw new VisionException($"{path}: the bytes of '{entry.Name}' begin at {entry.Begin} where {end} comes next; tensors lie one after the other.");
            }

            end = entry.End;
            if (end > room)
            {
                throw new VisionException($"{path} is cut off: '{entry.Name}' ends at byte {end} of the tensors, of which the file has {room}.");
            }
        }

        if (end != room)
        {
            throw new VisionException($"{path} has {room - end} bytes that belong to no tensor.");
        }
    }

    private sealed record Entry(string Name, ElementType Type, long[] Shape, int Count, long Begin, long End);
}
