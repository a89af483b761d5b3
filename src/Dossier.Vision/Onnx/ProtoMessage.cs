using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dossier.Vision.Onnx;

/// <summary>A small protobuf message, built field by field.</summary>
internal sealed class ProtoMessage
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public ProtoMessage Int(int field, long value) => Tag(field, Varint).Number((ulong)value);

    public ProtoMessage Float(int field, float value)
    {
        Tag(field, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
        return this;
    }

    public ProtoMessage Text(int field, string value)
    {
        Head(field, Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
        return this;
    }

    public ProtoMessage Message(int field, ProtoMessage message)
    {
        Head(field, message.Bytes.Length);
        _bytes.Write(message.Bytes);
        return this;
    }

    /// <summary>The tag and length of a field whose bytes are written elsewhere, right after this message's.</summary>
    public ProtoMessage Head(int field, long length) => Tag(field, LengthDelimited).Number((ulong)length);

    public ProtoMessage Repeat<T>(IEnumerable<T> values, Action<ProtoMessage, T> write)
    {
        foreach (var value in values)
        {
            write(this, value);
        }

        return this;
    }

    private ProtoMessage Tag(int field, int wireType) => Number((ulong)((field << 3) | wireType));

    private ProtoMessage Number(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
        return this;
    }
}
