using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Dossier.Vision.Model;

/// <summary>How a file stores one number of a tensor.</summary>
internal enum ElementType
{
    Float32,
    Float16,
    BFloat16,
    Float64,
}

/// <summary>Sizes of stored numbers, and their way to 32-bit floats.</summary>
internal static class ElementTypes
{
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Little-endian numbers to floats.</summary>
    public static void ToFloats(this ElementType type, ReadOnlySpan<byte> from, Span<float> to)
    {
        switch (type)
        {
            case ElementType.Float32:
                MemoryMarshal.Cast<byte, float>(from).CopyTo(to);
                break;
            case ElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(from), to);
                break;
            case ElementType.BFloat16:
                var halves = MemoryMarshal.Cast<byte, ushort>(from);
                for (var i = 0; i < halves.Length; i++)
                {
                    to[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                }

                break;
            default:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(from), to);
                break;
        }
    }

    /// <summary>Reads numbers from a stream. The caller has checked that the stream holds as many: memory for them is taken at once.</summary>
    /// <exception cref="EndOfStreamException">It does not.</exception>
    public static float[] Read(this ElementType type, Stream stream, int count)
    {
        var values = GC.AllocateUninitializedArray<float>(count);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        try
        {
            var most = buffer.Length / type.Size();
            for (var done = 0; done < count;)
            {
                var piece = Math.Min(most, count - done);
                var bytes = buffer.AsSpan(0, piece * type.Size());
                stream.ReadExactly(bytes);
                type.ToFloats(bytes, values.AsSpan(done, piece));
                done += piece;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return values;
    }
}
