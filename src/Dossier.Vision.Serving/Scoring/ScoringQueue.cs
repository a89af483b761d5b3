using Dossier.Protocol;
using Dossier.Vision.Serving.Input;

namespace Dossier.Vision.Serving.Scoring;

/// <summary>Counts the pictures that are accepted and not yet done, and refuses what would be too many.</summary>
internal sealed class ScoringQueue(int capacity, TimeProvider clock)
{
    private const int LongestWait = 30;

    private readonly Lock _lock = new();
    private int _depth;
    private long _done;
    private long _lastDone;
    private long _lastAt;

    /// <summary>The most pictures.</summary>
    public int Capacity => capacity;

    /// <summary>Pictures in it.</summary>
    public int Depth => Volatile.Read(ref _depth);

    /// <summary>Refuses a request before its body is read, where there is no room for one more picture.</summary>
    /// <exception cref="ProtocolException">429.</exception>
    public void RequireRoom()
    {
        if (Depth >= capacity)
        {
            throw Full();
        }
    }

    /// <summary>Takes pictures in, all or none.</summary>
    /// <exception cref="ProtocolException">429.</exception>
    public void Enter(int count)
    {
        var depth = Depth;
        while (true)
        {
            if (depth + count > capacity)
            {
                throw Full();
            }

            var seen = Interlocked.CompareExchange(ref _depth, depth + count, depth);
            if (seen == depth)
            {
                return;
            }

            depth = seen;
        }
    }

    /// <summary>A picture is done.</summary>
    public void Leave()
    {
        Interlocked.Increment(ref _done);
        Interlocked.Decrement(ref _depth);
    }

    private ProtocolException Full() => ScoringErrors.Busy($"{Depth} pictures are in the queue, which holds at most {capacity}", Wait());

    // As long as the queue took to empty lately; a client that comes back then finds room.
    private int Wait()
    {
        lock (_lock)
        {
            var (now, done) = (clock.GetTimestamp(), Interlocked.Read(ref _done));
            var seconds = _lastAt == 0 ? 0 : clock.GetElapsedTime(_lastAt, now).TotalSeconds;
            var wait = done > _lastDone ? Depth * seconds / (done - _lastDone) : 0;
            if (seconds > 1 || _lastAt == 0)
            {
                (_lastAt, _lastDone) = (now, done);
            }

            return Math.Clamp((int)Math.Ceiling(wait), 1, LongestWait);
        }
    }
}
