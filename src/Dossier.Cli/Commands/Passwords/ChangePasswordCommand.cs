using System.CommandLine;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;

namespace Dossier.Cli.Commands.Passwords;

/// <summary><c>dossier password change</c>.</summary>
internal static class ChangePasswordCommand
{
    private const string UserVariable = "MLFLOW_TRACKING_USERNAME";

    private static readonly Option<string?> User = new("--user", "-u")
    {
        Description = $"Your user name [default: ${UserVariable}]",
        HelpName = "NAME",
    };

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "change",
            "Changes your password. Asks for the current password, which may be a one-time password, and for the new one; from a pipe, reads one line for each",
            "dossier password change --user ann@example.com",
            "printf '%s\\n%s\\n' \"$CURRENT\" \"$NEW\" | dossier password change --user ann@example.com")
        {
            User, TrackingOptions.TrackingUri,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var user = parsed.GetValue(User) ?? Environment.GetEnvironmentVariable(UserVariable);
        if (string.IsNullOrEmpty(user) || user.Contains(':', StringComparison.Ordinal))
        {
            throw new UsageException($"No user name: use --user NAME or set {UserVariable}.");
        }

        // Before anything is asked for: which server it is for.
        var options = TrackingOptions.Server(parsed);
        var current = SecretInput.Read("Current password: ");
        var chosen = SecretInput.Read("New password: ");
        if (!Console.IsInputRedirected && SecretInput.Read("New password again: ") != chosen)
        {
            throw new UsageException("The new passwords differ. Nothing was changed.");
        }

        using var client = new DossierClient(options with { Credentials = Credentials.Basic(user, current) });
        await client.Passwords.ChangeAsync(current, chosen, cancellationToken);
        Console.Error.WriteLine($"Changed the password of {user}.");
        return ExitCode.Ok;
    }
}
