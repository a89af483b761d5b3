using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Audit;

/// <summary>
/// Events of what happens outside the database: reads and writes of artifacts, and refusals. They wait in memory and are written together every second, so that nobody waits for
/// them; a crash loses those of the last second. Equal refusals of one second are one event with their number, and there are at most
/// <see cref="MostRefusals"/> a second, so that nobody can fill the disk by asking for what is refused. What did not fit is counted in an event too.
/// </summary>
internal sealed class AuditTrail
{
    private const int MostArtifacts = 20_000;
    private const int MostRefusals = 100;
    private const int AtOnce = 500;

    private readonly ConcurrentDictionary<Refusal, int> _refusals = new();
    private readonly Channel<Observation> _artifacts;
    private readonly List<Observation> _unwritten = [];
    private readonly IAuditStore _store;
    private readonly bool _takesReads;
    private readonly TimeProvider _clock;
    private int _refusalsAhead;
    private int _leftOut;

    /// <param name="store">Where events go.</param>
    /// <param name="takesReads">Whether reads are events: only where people sign in, else all of them are one.</param>
    /// <param name="clock">The clock.</param>
    public AuditTrail(IAuditStore store, bool takesReads, TimeProvider clock)
    {
        (_store, _takesReads, _clock) = (store, takesReads, clock);
        _artifacts = Channel.CreateBounded<Observation>(
            new BoundedChannelOptions(MostArtifacts) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => Interlocked.Increment(ref _leftOut));
    }

    private long Now => _clock.Milliseconds();

    /// <summary>Somebody reads an artifact.</summary>
    public void Read(string principal, ArtifactOwner owner, string path, string? range)
    {
        if (_takesReads)
        {
            Add(principal, "artifact.read", owner, [("path", path), ("range", range)]);
        }
    }

    /// <summary>Somebody wrote an artifact.</summary>
    public void Wrote(string principal, ArtifactPath path) => Add(principal, "artifact.write", ArtifactLayout.OwnerOf(path), [("path", path.Value)]);

    /// <summary>Somebody deleted an artifact, or a folder of them.</summary>
    public void Deleted(string principal, ArtifactPath path) => Add(principal, "artifact.delete", ArtifactLayout.OwnerOf(path), [("path", path.Value)]);

    /// <summary>A request ends with an error, which may be a refusal.</summary>
    public void Observe(HttpContext http, ProtocolException error)
    {
        if (Refusal.Of(http, error) is { } refusal)
        {
            Refuse(refusal);
        }
    }

    private void Refuse(Refusal refusal)
    {
        // The bound is not exact when many are refused at once; it is a bound.
        if (_refusals.ContainsKey(refusal) || Interlocked.Increment(ref _refusalsAhead) <= MostRefusals)
        {
            _refusals.AddOrUpdate(refusal, 1, static (_, times) => times + 1);
        }
        else
        {
            Interlocked.Increment(ref _leftOut);
        }
    }

    /// <summary>Writes what waits, and seals what was committed. Not to be called twice at the same time.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        Collect();
        while (_unwritten.Count > 0)
        {
            var count = Math.Min(AtOnce, _unwritten.Count);
            await _store.RecordAsync(_unwritten[..count], cancel);
            _unwritten.RemoveRange(0, count);
        }

        await _store.SealAsync(Now, cancel);
    }

    private void Add(string principal, string action, ArtifactOwner owner, IReadOnlyList<(string, string?)> fields) =>
        _artifacts.Writer.TryWrite(new(new(principal, Now), action, owner.ObjectType, owner.ObjectId, fields));

    private void Collect()
    {
        while (_unwritten.Count < MostArtifacts && _artifacts.Reader.TryRead(out var one))
        {
            _unwritten.Add(one);
        }

        Interlocked.Exchange(ref _refusalsAhead, 0);
        foreach (var refusal in _refusals.Keys)
        {
            if (_refusals.TryRemove(refusal, out var times))
            {
                _unwritten.Add(refusal.Observed(Now, times));
            }
        }

        if (Interlocked.Exchange(ref _leftOut, 0) is > 0 and var count)
        {
            _unwritten.Add(new(new("dossier", Now), "audit.leave_out", "audit", "", [("count", count.ToString(CultureInfo.InvariantCulture))]));
        }
    }
}
