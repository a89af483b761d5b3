using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>
/// Hashes a seal: SHA-256 of the hash of the seal before, the SHA-256 of each event's canonical bytes in order, and the seal's number, time, count and
/// last position. An event's canonical bytes are its columns in the order of <see cref="EventStream.Columns"/>: numbers as 8 bytes, big end first,
/// texts as their UTF-8 after its length in 4 bytes, NULL as the length -1.
/// </summary>
internal sealed class SealHash : IDisposable
{
    public const int HashBytes = SHA256.HashSizeInBytes;
    public const int DigestBytes = 8;
    private const int FirstText = 3;
    private const int ObjectKey = 8;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _digests = new();
    private readonly ArrayBufferWriter<byte> _event = new(512);
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

    /// <summary>Adds the event that the row holds, and gives its digest; valid until the next one.</summary>
    public ReadOnlySpan<byte> Add(SqlRow row)
    {
        _event.ResetWrittenCount();
        for (var column = 0; column <= ObjectKey; column++)
        {
            if (column < FirstText)
            {
                BinaryPrimitives.WriteInt64BigEndian(_event.GetSpan(sizeof(long)), row.Integer(column));
                _event.Advance(sizeof(long));
            }
            else
            {
                AddText(row, column);
            }
        }

        Span<byte> hash = stackalloc byte[HashBytes];
        SHA256.HashData(_event.WrittenSpan, hash);
        _hash.AppendData(hash);
        _digests.Write(hash[..DigestBytes]);
        Last = new(row.Integer(0), row.Integer(1));
        Count++;
        return _digests.WrittenSpan[^DigestBytes..];
    }

    /// <summary>The seal of what was added.</summary>
    public Seal Finish(long at)
    {
        Span<byte> rest = stackalloc byte[5 * sizeof(long)];
        var number = _before.Number + 1;
        foreach (var value in (ReadOnlySpan<long>)[number, at, Count, Last.Tx, Last.Id])
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, value);
            _hash.AppendData(rest[..sizeof(long)]);
        }

        return new(number, Last, Count, at, _hash.GetHashAndReset(), _digests.WrittenSpan.ToArray());
    }

    public void Dispose() => _hash.Dispose();

    private void AddText(SqlRow row, int column)
    {
        var isNull = row.IsNull(column);
        var text = isNull ? [] : row.Bytes(column);
        BinaryPrimitives.WriteInt32BigEndian(_event.GetSpan(sizeof(int)), isNull ? -1 : text.Length);
        _event.Advance(sizeof(int));
        _event.Write(text);
    }
}
