using System.Diagnostics;

namespace Dossier.Storage;

/// <summary>What a store has done since it was opened. May be read at any time.</summary>
public sealed class StoreStatistics
{
    private long _reads;
    private long _writes;
    private long _commits;
    private long _commitTicks;
    private long _seals;
    private long _sealedEvents;

    /// <summary>Read transactions.</summary>
    public long Reads => Interlocked.Read(ref _reads);

    /// <summary>Writes that were committed; on SQLite many share a commit.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>Commits.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Time spent on commits, from the first statement of each.</summary>
    public TimeSpan CommitTime => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _commitTicks));

    /// <summary>Writes that wait for the next commit; 0 on PostgreSQL, where none waits here.</summary>
    public int WaitingWrites => Waiting?.Invoke() ?? 0;

    /// <summary>Seals of the audit log that this store added.</summary>
    public long Seals => Interlocked.Read(ref _seals);

    /// <summary>Events that those seals cover.</summary>
    public long SealedEvents => Interlocked.Read(ref _sealedEvents);

    internal Func<int>? Waiting { get; set; }

    internal void ReadBegan() => Interlocked.Increment(ref _reads);

    internal void Committed(int writes, long began)
    {
        Interlocked.Add(ref _writes, writes);
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _commitTicks, Stopwatch.GetTimestamp() - began);
    }

    internal void Sealed(long events)
    {
        Interlocked.Increment(ref _seals);
        Interlocked.Add(ref _sealedEvents, events);
    }
}
