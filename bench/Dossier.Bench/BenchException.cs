namespace Dossier.Bench;

/// <summary>Something makes the figures worthless: a wrong answer, a missing write, a server that went away. Ends the whole bench.</summary>
public sealed class BenchException(string message) : Exception(message);
