using Dossier.Core.Access;
using Dossier.Protocol;

namespace Dossier.Core.Audit;

/// <summary>Who changes something, and when: every write carries one, and its event row repeats it.</summary>
/// <param name="Principal">The name of the user or service principal.</param>
/// <param name="At">The server's clock, in milliseconds since the epoch.</param>
/// <param name="PrincipalId">The principal's key, for what it is granted by creating something; 0 where nobody is granted anything.</param>
public readonly record struct Change(string Principal, long At, long PrincipalId = 0);

/// <summary>Dates changes by the clock.</summary>
internal static class ChangeClock
{
    /// <summary>A change that this caller makes now.</summary>
    public static Change ChangeBy(this TimeProvider clock, Caller caller) => new(caller.Name, clock.Milliseconds(), caller.Id);
}
