using System.CommandLine;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Passwords;

/// <summary><c>dossier password</c>.</summary>
internal static class PasswordCommand
{
    /// <summary>The command and what can be done with passwords.</summary>
    public static Command Create() => new HelpfulCommand(
        "password",
        "Change your password, or reset a user's",
        "dossier password change --user ann@example.com",
        "dossier password reset ben@example.com")
    {
        ChangePasswordCommand.Create(),
        ResetPasswordCommand.Create(),
    };
}
