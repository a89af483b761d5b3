using System.CommandLine;
using Dossier.Cli.Invocation;
using Dossier.Cli.Options;

namespace Dossier.Cli.Commands.Tokens;

/// <summary><c>dossier tokens delete</c>.</summary>
internal static class DeleteTokenCommand
{
    private static readonly Argument<string> Id = new("token_id") { Description = "The token's id, as 'dossier tokens list' shows it; not the token itself" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "delete",
            "Deletes a token: from now on it signs nobody in",
            "dossier tokens delete 0f8e6a2c4b7d4d0e9c1a5b3f7e2d8c6a",
            "# Somebody else's, e.g. of one who has left",
            "dossier tokens delete 0f8e6a2c4b7d4d0e9c1a5b3f7e2d8c6a --all")
        {
            Id, TokensCommand.All, TrackingOptions.TrackingUri,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = TrackingOptions.Connect(parsed);
        var id = parsed.GetRequiredValue(Id);
        await (parsed.GetValue(TokensCommand.All) ? client.Tokens.DeleteAnyAsync(id, cancellationToken) : client.Tokens.DeleteAsync(id, cancellationToken));
        Console.Error.WriteLine($"Token {id} is deleted.");
        return ExitCode.Ok;
    }
}
