using System.CommandLine;
using System.CommandLine.Help;
using Dossier.CommandLine.Options;

namespace Dossier.CommandLine.Invocation;

/// <summary>Makes a program's own command, the root of the tree.</summary>
public static class ProgramCommand
{
    /// <summary>The root with what every program has: <c>--help</c>, <c>--version</c> and <c>--verbose</c>.</summary>
    /// <param name="name">The program's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="examples">As of <see cref="HelpfulCommand"/>.</param>
    public static HelpfulCommand Create(string name, string description, params string[] examples)
    {
        var help = new HelpOption { Description = "Show help with examples" };
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return new HelpfulCommand(name, description, examples)
        {
            help,
            new VersionOption { Description = "Show the version" },
            CommonOptions.Verbose,
        };
    }
}
