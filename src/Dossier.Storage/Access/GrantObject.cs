namespace Dossier.Storage.Access;

/// <summary>An object that grants are made on.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Key">Its key; 0 for what is there once.</param>
/// <param name="EventId">How events name it.</param>
internal readonly record struct GrantObject(ObjectType Type, long Key, string EventId);
