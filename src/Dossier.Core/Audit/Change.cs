using Dossier.Core.Access;
using Dossier.Protocol;

namespace Dossier.Core.Audit;

/// <summary>Who does something, and when: every write carries one, and its event row repeats it.</summary>
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

/// <summary>Something that happened without changing the record.</summary>
/// <param name="By">Who did it, and when.</param>
/// <param name="Action">What was done, e.g. <c>artifact.read</c>.</param>
/// <param name="ObjectType">The kind of object, e.g. <c>run</c>.</param>
/// <param name="ObjectId">The object's id.</param>
/// <param name="Fields">Details, by name.</param>
public sealed record Observation(Change By, string Action, string ObjectType, string ObjectId, IReadOnlyList<(string Name, string? Value)> Fields);
