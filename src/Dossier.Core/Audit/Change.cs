namespace Dossier.Core.Audit;

/// <summary>Who changes something, and when: every write carries one, and its event row repeats it.</summary>
/// <param name="Principal">The name of the user or service principal.</param>
/// <param name="At">The server's clock, in milliseconds since the epoch.</param>
public readonly record struct Change(string Principal, long At);
