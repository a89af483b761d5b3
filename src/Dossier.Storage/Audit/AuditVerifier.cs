using System.Globalization;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>Compares seals with the events in the database. Sealed events never change, so each seal is read on its own.</summary>
internal static class AuditVerifier
{
    public static async Task<AuditVerification> VerifyAsync(SqlDatabase database, long after, int seals, string? head, CancellationToken cancel)
    {
        var before = after == 0 ? Seal.None : await database.ReadAsync(session => Seal.FindAsync(session, after), cancel);
        if (before is null)
        {
            return new() { Problem = SealMissing(after) };
        }

        var (result, start) = (new AuditVerification(), before);
        for (var checkedSeals = 1L; checkedSeals <= seals; checkedSeals++)
        {
            var (seal, problem) = await database.ReadAsync(session => CheckNextAsync(session, before), cancel);
            if (problem is not null)
            {
                return result with { NextPageToken = null, Problem = problem };
            }

            if (seal is null)
            {
                return result with { NextPageToken = null, Unsealed = await database.ReadAsync(session => CountAfterAsync(session, before.Last), cancel) };
            }

            before = seal;
            var hash = Convert.ToHexStringLower(seal.Hash);
            result = result with
            {
                Seals = checkedSeals,
                Events = result.Events + seal.Count,
                SealedAt = seal.At,
                Head = hash,
                FoundHead = hash.Equals(head, StringComparison.OrdinalIgnoreCase) ? seal.Number : result.FoundHead,
                NextPageToken = seal.Number.ToString(CultureInfo.InvariantCulture),
            };
        }

        return result;
    }

    private static async ValueTask<(Seal? Seal, AuditProblem? Problem)> CheckNextAsync(SqlSession session, Seal before)
    {
        if (await Seal.NextAsync(session, before.Number) is not { } seal)
        {
            return (null, null);
        }

        if (seal.Number != before.Number + 1)
        {
            return (null, SealMissing(before.Number + 1));
        }

        using var hash = new SealHash(before);
        var comparison = new SealComparison(seal);
        await EventStream.ForEachAsync(session, before.Last, seal.Last, row => comparison.Add(row, hash.Add(row)));
        return (seal, comparison.Problem() ?? (IsSame(hash.Finish(seal.At), seal) ? null : SealChanged(seal)));
    }

    private static bool IsSame(Seal computed, Seal stored) =>
        computed.Hash.AsSpan().SequenceEqual(stored.Hash) && computed.Digests.AsSpan().SequenceEqual(stored.Digests) && computed.Last == stored.Last;

    private static ValueTask<long> CountAfterAsync(SqlSession session, EventPosition last) => session.Dialect.HasOneWriter
        ? session.FirstAsync("SELECT COUNT(*) FROM events WHERE id > $1", static row => row.Integer(0), 0L, last.Id)
        : session.FirstAsync("SELECT COUNT(*) FROM events WHERE (tx, id) > ($1, $2)", static row => row.Integer(0), 0L, last.Tx, last.Id);

    private static AuditProblem SealMissing(long number) => new(number, "SEAL_MISSING", null,
        string.Create(CultureInfo.InvariantCulture, $"Seal {number} is missing, although later seals exist."));

    private static AuditProblem SealChanged(Seal seal) => new(seal.Number, "SEAL_CHANGED", null, string.Create(CultureInfo.InvariantCulture,
        $"Seal {seal.Number} does not match the seal before it and the events it covers: it was changed, or several of them were."));
}
