using System.CommandLine;

namespace Dossier.Cli.Invocation;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class HelpfulCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Command lines that teach it; a line that starts with <c>#</c> says what the next one does.</summary>
    public IReadOnlyList<string> Examples => examples;
}
