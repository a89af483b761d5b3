using System.Net;
using System.Net.Sockets;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>
/// Slows down password guessing. One address that keeps failing for one user is refused for longer and longer, up to a minute. Attempts on one user from many
/// addresses, or of one address on many users, get their turn one after the other with growing gaps: so strangers can't lock anybody out, only make the first sign-in of
/// a new address wait. An address from which the user has signed in before does not wait for others.
/// </summary>
/// <param name="clock">The clock.</param>
public sealed class SignInThrottle(TimeProvider clock)
{
    /// <summary>How many failures of one address for one user are free.</summary>
    public const int FreeForPair = 5;

    private const int FreeForOne = 20;
    private const int Most = 50_000;
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OneForgiven = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();

    // Two generations, of which the older is dropped: bounded, without searching for expired entries.
    private Dictionary<(string Name, string Address), Record> _young = [];
    private Dictionary<(string Name, string Address), Record> _old = [];
    private long _youngSince = clock.GetTimestamp();

    /// <summary>Waits for the turn of an attempt, which counts as failed until <see cref="Succeeded"/>.</summary>
    /// <exception cref="ProtocolException"><c>REQUEST_LIMIT_EXCEEDED</c>, with the time to wait.</exception>
    public async Task EnterAsync(string userName, IPAddress? address, CancellationToken cancel)
    {
        var wait = TimeSpan.Zero;
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            var pair = Take(Pair(userName, address), now);
            Refuse(pair, now);
            if (!pair.Known)
            {
                wait = Max(Turn(Take((pair.Name, ""), now), now), Turn(Take(("", pair.Address), now), now));
            }

            pair.Failures++;
            pair.Next = After(now, pair.Failures < FreeForPair ? TimeSpan.Zero : Doubling(pair.Failures - FreeForPair, LongestRefusal));
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancel);
        }
    }

    /// <summary>The attempt was right: this address is known for this user.</summary>
    public void Succeeded(string userName, IPAddress? address)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            var pair = Take(Pair(userName, address), now);
            (pair.Failures, pair.Next, pair.Known) = (0, now, true);
            foreach (var key in new[] { (pair.Name, ""), ("", pair.Address) })
            {
                var one = Take(key, now);
                one.Failures = Math.Max(0, one.Failures - 1);
            }
        }
    }

    private static (string Name, string Address) Pair(string userName, IPAddress? address) => (userName.ToLowerInvariant(), Network(address));

    // The owner of one IPv6 address has a whole network of them.
    private static string Network(IPAddress? address) => address switch
    {
        null => "-",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    private void Refuse(Record pair, long now)
    {
        if (pair.Next > now)
        {
            var wait = clock.GetElapsedTime(now, pair.Next);
            throw TooMany(wait, $"Too many failed sign-in attempts for this user. Try again in {Math.Ceiling(wait.TotalSeconds)} s.");
        }
    }

    /// <summary>Takes the next turn of all attempts that this record counts.</summary>
    private TimeSpan Turn(Record one, long now)
    {
        one.Failures++;
        if (one.Failures <= FreeForOne)
        {
            return TimeSpan.Zero;
        }

        var turn = Math.Max(now, one.Next);
        var wait = clock.GetElapsedTime(now, turn);
        if (wait > LongestWait)
        {
            throw TooMany(wait, "Too many failed sign-in attempts. Try again in a moment.");
        }

        one.Next = After(turn, Doubling(one.Failures - FreeForOne, LongestGap) / 16);
        return wait;
    }

    private static ProtocolException TooMany(TimeSpan wait, string message) => new(ErrorCode.RequestLimitExceeded, message) { RetryAfter = wait };

    private Record Take((string Name, string Address) key, long now)
    {
        if (_young.Count >= Most || clock.GetElapsedTime(_youngSince, now) > Forgotten)
        {
            (_old, _young, _youngSince) = (_young, [], now);
        }

        if (!_young.TryGetValue(key, out var record))
        {
            record = _old.Remove(key, out var old) ? old : new Record(key.Name, key.Address, now);
            _young[key] = record;
        }

        var forgiven = (long)(clock.GetElapsedTime(record.Since, now) / OneForgiven);
        record.Failures = (int)Math.Max(0, record.Failures - forgiven);
        record.Since = After(record.Since, forgiven * OneForgiven);
        return record;
    }

    private static TimeSpan Doubling(int times, TimeSpan longest) =>
        times >= 10 ? longest : TimeSpan.FromTicks(Math.Min(longest.Ticks, TimeSpan.TicksPerSecond << times));

    private long After(long timestamp, TimeSpan time) => timestamp + (long)(time.TotalSeconds * clock.TimestampFrequency);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed class Record(string name, string address, long since)
    {
        public string Name { get; } = name;

        public string Address { get; } = address;

        public int Failures { get; set; }

        /// <summary>Until when failures were forgiven, one each minute.</summary>
        public long Since { get; set; } = since;

        /// <summary>The next attempt is allowed from this time on.</summary>
        public long Next { get; set; }

        /// <summary>Whether an attempt succeeded lately.</summary>
        public bool Known { get; set; }
    }
}
