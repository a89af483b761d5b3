namespace Dossier.Core.Audit;

/// <summary>Who changes something, and when: every write carries one, and its event row repeats it.</summary>
/// <param name="Principal">The name of the user or service principal.</param>
/// <param name="At">The server's clock, in milliseconds since the epoch.</param>
/// <param name="PrincipalId">The principal's key, for what it is granted by creating something; 0 where nobody is granted anything.</param>
public readonly record struct Change(string Principal, long At, long PrincipalId = 0);
