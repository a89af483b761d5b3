namespace Dossier.Storage;

/// <summary>The database can't be opened: a wrong URI, or a database of a newer program. The message is for the operator and holds no password.</summary>
/// <param name="message">What is wrong and what would be right.</param>
public sealed class StoreOpenException(string message) : Exception(message);
