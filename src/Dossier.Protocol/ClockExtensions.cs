namespace Dossier.Protocol;

/// <summary>Reads a clock as the protocol writes times.</summary>
public static class ClockExtensions
{
    /// <summary>The current time in milliseconds since the Unix epoch.</summary>
    public static long Milliseconds(this TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return clock.GetUtcNow().ToUnixTimeMilliseconds();
    }
}
