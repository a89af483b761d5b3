using System.CommandLine.Parsing;

namespace Dossier.CommandLine.Invocation;

/// <summary>A command as the user types it, e.g. <c>dossier list runs</c>.</summary>
public static class CommandPath
{
    /// <summary>The command and those above it.</summary>
    public static string Of(CommandResult command) =>
        command.Parent is CommandResult parent ? Of(parent) + " " + command.Command.Name : command.Command.Name;
}
