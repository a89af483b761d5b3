using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>
/// Hashes a seal: SHA-256 of the hash of the seal before, each event's canonical bytes in order, and the seal's number, time, count and last position.
/// An event's canonical bytes are its columns in the order of <see cref="EventStream.Columns"/>: numbers as 8 bytes, big end first, texts as their UTF-8
/// after its length in 4 bytes, NULL as the length -1. Each event has a digest too, to name the one that was changed: a checksum, since the hash is the proof.
/// </summary>
internal sealed class SealHash : IDisposable
{
    public const int HashBytes = SHA256.HashSizeInBytes;
    public const int DigestBytes = sizeof(uint);
    private const int FirstText = 3;
    private const int ObjectKey = 8;

    // One call of the hash for many events costs much less than one each.
    private const int BufferBytes = 32 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _digests = new();
    private readonly ArrayBufferWriter<byte> _events = new(BufferBytes + 1024);
    private readonly Seal _before;

    public SealHash(Seal before)
    {
        _before = before;
        _hash.AppendData(before.Hash);
    }

    /// <summary>How many events it has.</summary>
    public long Count { get; private set; }

    /// <summary>Its last event.</summary>
    public EventPosition Last { get; private set; }

    /// <summary>Adds the row's event, and returns its digest; valid until the next one.</summary>
    public ReadOnlySpan<byte> Add(SqlRow row)
    {
        var start = _events.WrittenCount;
        Last = new(row.Integer(0), row.Integer(1));
        Write(Last.Tx);
        Write(Last.Id);
        Write(row.Integer(2));
        for (var column = FirstText; column < ObjectKey; column++)
        {
            Write(row.Bytes(column));
        }

        if (row.IsNull(ObjectKey))
        {
            BinaryPrimitives.WriteInt32BigEndian(_events.GetSpan(sizeof(int)), -1);
            _events.Advance(sizeof(int));
        }
        else
        {
            Write(row.Bytes(ObjectKey));
        }

        BinaryPrimitives.WriteUInt32BigEndian(_digests.GetSpan(DigestBytes), Checksum(_events.WrittenSpan[start..]));
        _digests.Advance(DigestBytes);
        Count++;
        if (_events.WrittenCount >= BufferBytes)
        {
            HashBuffer();
        }

        return _digests.WrittenSpan[^DigestBytes..];
    }

    /// <summary>The seal of what was added.</summary>
    public Seal Finish(long at)
    {
        var number = _before.Number + 1;
        foreach (var value in (ReadOnlySpan<long>)[number, at, Count, Last.Tx, Last.Id])
        {
            Write(value);
        }

        HashBuffer();
        return new(number, Last, Count, at, _hash.GetHashAndReset(), _digests.WrittenSpan.ToArray());
    }

    public void Dispose() => _hash.Dispose();

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            sum = BitOperations.Crc32C(sum, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var one in bytes[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, one);
        }

        return sum;
    }

    private void HashBuffer()
    {
        _hash.AppendData(_events.WrittenSpan);
        _events.ResetWrittenCount();
    }

    private void Write(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_events.GetSpan(sizeof(long)), value);
        _events.Advance(sizeof(long));
    }

    private void Write(ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteInt32BigEndian(_events.GetSpan(sizeof(int)), text.Length);
        _events.Advance(sizeof(int));
        _events.Write(text);
    }
}
