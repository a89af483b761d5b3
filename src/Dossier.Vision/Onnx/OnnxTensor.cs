using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Dossier.Vision.Onnx;

/// <summary>A constant of a graph: onnx's TensorProto. Its values stay where they are until they are written.</summary>
internal sealed class OnnxTensor
{
    private const int FloatType = 1;
    private const int Int64Type = 7;
    private const int ChunkLength = 64 * 1024;

    private readonly IReadOnlyList<OnnxPart> _parts;
    private readonly byte[]? _integers;

    /// <summary>Floats: the parts one after the other.</summary>
    public OnnxTensor(string name, IReadOnlyList<long> shape, params IReadOnlyList<OnnxPart> parts)
    {
        Name = name;
        _parts = parts;
        ByteLength = parts.Sum(part => (long)part.Values.Length) * sizeof(float);
        if (ByteLength != shape.Aggregate((long)sizeof(float), (bytes, size) => bytes * size))
        {
            throw new VisionException($"The weight '{name}' has {ByteLength / sizeof(float)} values; its shape is [{string.Join(", ", shape)}].");
        }

        Head = Describe(shape, FloatType);
    }

    /// <summary>Integers, of one dimension.</summary>
    public OnnxTensor(string name, params ReadOnlySpan<long> integers)
    {
        Name = name;
        _parts = [];
        _integers = MemoryMarshal.AsBytes(integers).ToArray();
        ByteLength = _integers.Length;
        Head = Describe([integers.Length], Int64Type);
    }

    /// <summary>What nodes call it.</summary>
    public string Name { get; }

    /// <summary>Length of the whole message in bytes.</summary>
    public long Length => Head.Bytes.Length + ByteLength;

    private ProtoMessage Head { get; }

    private long ByteLength { get; }

    /// <summary>Writes the message.</summary>
    public void WriteTo(Stream stream)
    {
        stream.Write(Head.Bytes);
        stream.Write(_integers);
        Span<float> chunk = _parts.Any(part => part.Factor != 1) ? new float[ChunkLength] : [];
        foreach (var part in _parts)
        {
            if (part.Factor == 1)
            {
                stream.Write(MemoryMarshal.AsBytes(part.Values.Span));
                continue;
            }

            for (var rest = part.Values.Span; !rest.IsEmpty;)
            {
                var take = Math.Min(rest.Length, ChunkLength);
                TensorPrimitives.Multiply(rest[..take], part.Factor, chunk);
                stream.Write(MemoryMarshal.AsBytes(chunk[..take]));
                rest = rest[take..];
            }
        }
    }

    // raw_data comes last, so that all before it is one small message.
    private ProtoMessage Describe(IReadOnlyList<long> shape, int type) => new ProtoMessage()
        .Repeat(shape, (message, size) => message.Int(1, size))
        .Int(2, type)
        .Text(8, Name)
        .Head(9, ByteLength);
}

/// <summary>A run of a tensor's values.</summary>
/// <param name="Values">The values.</param>
/// <param name="Factor">What each is multiplied by.</param>
internal readonly record struct OnnxPart(ReadOnlyMemory<float> Values, float Factor = 1);
