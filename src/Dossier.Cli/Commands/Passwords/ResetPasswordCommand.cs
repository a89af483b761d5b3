using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;

namespace Dossier.Cli.Commands.Passwords;

/// <summary><c>dossier password reset</c>.</summary>
internal static class ResetPasswordCommand
{
    private static readonly Argument<string> User = new("user") { Description = "The user's name" };

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "reset",
            "Sets a one-time password for a user and prints it; all that the user can do with it is choose a new one (for administrators)",
            "dossier password reset ben@example.com")
        {
            User, TrackingOptions.TrackingUri,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = TrackingOptions.Connect(parsed);
        var user = parsed.GetRequiredValue(User);
        var password = await client.Passwords.ResetAsync(user, cancellationToken);
        Console.Out.WriteLine(password);
        Console.Out.Flush();
        Console.Error.WriteLine($"{user} chooses a password of their own with it: dossier password change --user {user}");
        return ExitCode.Ok;
    }
}
