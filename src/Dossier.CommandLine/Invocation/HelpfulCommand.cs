using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace Dossier.CommandLine.Invocation;

/// <summary>A command whose help ends with examples.</summary>
[SuppressMessage("Design", "CA1010", Justification = "Commands are enumerable only so that they can be written with a collection initialiser.")]
public sealed class HelpfulCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>The columns that a list can show, for its help; null for other commands.</summary>
    public string? Columns { get; set; }

    /// <summary>Example command lines; a line that starts with <c>#</c> explains the next one.</summary>
    public IReadOnlyList<string> Examples => examples;
}
