namespace Dossier.Bench;

/// <summary>Something makes a server's further figures worthless: a wrong answer, a missing write, a server that went away. It is measured no further.</summary>
public sealed class BenchException(string message) : Exception(message);
