using System.Globalization;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>Finds the first event of a seal's range that is not as it was sealed.</summary>
internal sealed class SealComparison(Seal seal)
{
    private readonly int _sealed = seal.Digests.Length / SealHash.DigestBytes;
    private int _count;
    private StoredEvent? _wrong;
    private bool _isLater;

    /// <summary>Compares the event that the row holds.</summary>
    public void Add(SqlRow row, ReadOnlySpan<byte> digest)
    {
        var index = _count++;
        if (_wrong is null && (index >= _sealed || !Digest(index).SequenceEqual(digest)))
        {
            _wrong = EventStream.Read(row);
            for (var later = index + 1; later < _sealed && !_isLater; later++)
            {
                _isLater = Digest(later).SequenceEqual(digest);
            }
        }
    }

    /// <summary>The fault that was found; null if every event has its digest.</summary>
    public AuditProblem? Problem() => (_wrong, _count) switch
    {
        (null, var count) when count == _sealed => null,
        (null, _) => Of("MISSING", null, $"At the end of the range of seal {seal.Number} {Events(_sealed - _count)} missing."),
        ({ } found, _) when _isLater => Of("MISSING", found, $"When seal {seal.Number} was set, another event stood before event {found.Position.Id}: it is missing."),
        ({ } found, var count) when count > _sealed => Of("INSERTED", found, $"{Text(found)} was not there when seal {seal.Number} was set: it was inserted."),
        var (found, _) => Of("CHANGED", found, $"{Text(found)} differs from what seal {seal.Number} recorded, or replaces another event: it was changed."),
    };

    private AuditProblem Of(string kind, StoredEvent? found, FormattableString message) =>
        new(seal.Number, kind, found?.Position.Id.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant(message));

    private static string Events(int count) => count == 1 ? "1 event is" : string.Create(CultureInfo.InvariantCulture, $"{count} events are");

    private static string Text(StoredEvent found) => string.Create(CultureInfo.InvariantCulture,
        $"Event {found.Position.Id} ({found.Action} of {found.ObjectId} by {found.Principal})");

    private ReadOnlySpan<byte> Digest(int index) => seal.Digests.AsSpan(index * SealHash.DigestBytes, SealHash.DigestBytes);
}
