namespace Dossier.Core.Audit;

/// <summary>Something that happened without changing the record.</summary>
/// <param name="By">Who did it, and when.</param>
/// <param name="Action">What was done, e.g. <c>artifact.read</c>.</param>
/// <param name="ObjectType">What kind of object, e.g. <c>run</c>.</param>
/// <param name="ObjectId">Which one.</param>
/// <param name="Fields">What there is to say about it.</param>
public sealed record Observation(Change By, string Action, string ObjectType, string ObjectId, IReadOnlyList<(string Name, string? Value)> Fields);
