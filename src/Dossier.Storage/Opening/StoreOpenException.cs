namespace Dossier.Storage;

/// <summary>The database can't be opened: a wrong URI, or a database of a newer program. The message is for the operator and holds no password.</summary>
/// <param name="message">The problem, and how to solve it.</param>
public sealed class StoreOpenException(string message) : Exception(message);
