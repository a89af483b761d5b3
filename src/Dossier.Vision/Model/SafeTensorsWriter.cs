using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dossier.Vision.Model;

/// <summary>Writes the safetensors format: the header's length (64 bits, little-endian), a JSON header, then the tensors' bytes without gaps.</summary>
internal static class SafeTensorsWriter
{
    // transformers refuses a file without it.
    private static readonly (string Key, string Value) Format = ("format", "pt");

    public static void Write(Stream stream, IReadOnlyDictionary<string, HostTensor> weights)
    {
        var ordered = weights.OrderBy(weight => weight.Key, StringComparer.Ordinal).ToArray();
        var header = Header(ordered);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in ordered)
        {
            // In pieces, as a span of bytes ends at 2 GB.
            for (var rest = tensor.Values; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, 1 << 20)..])
            {
                stream.Write(MemoryMarshal.AsBytes(rest.Span[..Math.Min(rest.Length, 1 << 20)]));
            }
        }
    }

    private static byte[] Header(KeyValuePair<string, HostTensor>[] weights)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString(Format.Key, Format.Value);
            json.WriteEndObject();
            long offset = 0;
            foreach (var (name, tensor) in weights)
            {
                if (tensor.Shape.Aggregate(1L, (product, size) => checked(product * size)) != tensor.Values.Length)
                {
                    throw new ArgumentException($"{name} has {tensor.Values.Length} values for the shape {ViTWeights.Show(tensor.Shape)}.", nameof(weights));
                }

                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += (long)tensor.Values.Length * sizeof(float));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces up to a multiple of eight, so that readers which map the file find aligned numbers.
        while (buffer.Length % sizeof(long) != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }
}
