using Dossier.Core.Access;

namespace Dossier.Core.Audit;

/// <summary>Reads the clock as the protocol's milliseconds.</summary>
internal static class ClockExtensions
{
    /// <summary>Now, in milliseconds since the epoch.</summary>
    public static long Milliseconds(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A change that this caller makes now.</summary>
    public static Change ChangeBy(this TimeProvider clock, Caller caller) => new(caller.Name, clock.Milliseconds(), caller.Id);
}
