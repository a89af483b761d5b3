using System.CommandLine;
using Dossier.CommandLine.Invocation;

namespace Dossier.Vision.Cli.Commands;

/// <summary>The command <c>dossier-vision</c> and the tree below it.</summary>
internal static class RootCommands
{
    /// <summary>Builds the tree; nothing below it does any work before it is invoked.</summary>
    public static Command Create()
    {
        var root = ProgramCommand.Create(
            "dossier-vision",
            "Trains, judges, registers and serves image classifiers without Python; logs to any MLflow server.",
            "# Boards to try it with, and what is in them",
            "dossier-vision generate boards --boards 600 --damaged-share 0.4",
            "dossier-vision ingest boards");
        Command[] commands = [GenerateCommand.Create(), IngestCommand.Create()];
        Array.ForEach(commands, root.Add);
        return root;
    }
}
