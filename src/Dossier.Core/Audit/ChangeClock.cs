using Dossier.Core.Access;
using Dossier.Protocol;

namespace Dossier.Core.Audit;

/// <summary>Dates changes by the clock.</summary>
internal static class ChangeClock
{
    /// <summary>A change that this caller makes now.</summary>
    public static Change ChangeBy(this TimeProvider clock, Caller caller) => new(caller.Name, clock.Milliseconds(), caller.Id);
}
