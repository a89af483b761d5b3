using System.CommandLine;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Get;

/// <summary><c>dossier get</c>.</summary>
internal static class GetCommand
{
    /// <summary>The command and its kinds of objects.</summary>
    public static Command Create() => new HelpfulCommand(
        "get",
        "Shows one object",
        "dossier get run 815123f2db9b49cdb9790c6a0371a4da",
        "dossier get version models:/pcb/Staging --format json",
        "dossier get signature models:/pcb@champion")
    {
        GetRunCommand.Create(),
        GetExperimentCommand.Create(),
        GetModelCommand.Create(),
        GetVersionCommand.Create(),
        GetMlmodelCommand.Create(),
        GetSignatureCommand.Create(),
    };
}
