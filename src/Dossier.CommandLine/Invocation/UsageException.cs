namespace Dossier.CommandLine.Invocation;

/// <summary>The command line cannot be followed; the message says what would be right.</summary>
public sealed class UsageException(string message) : Exception(message);
