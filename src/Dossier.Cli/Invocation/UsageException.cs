namespace Dossier.Cli.Invocation;

/// <summary>The command line cannot be followed; the message says what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
