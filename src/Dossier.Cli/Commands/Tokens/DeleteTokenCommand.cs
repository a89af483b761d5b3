using System.CommandLine;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Tokens;

/// <summary><c>dossier tokens delete</c>.</summary>
internal static class DeleteTokenCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "The token's id, as 'dossier tokens list' shows it; not the token itself" };

    private static readonly Option<bool> All = new("--all") { Description = "Look among everybody's tokens, not only your own (for administrators)" };

    /// <summary>The command.</summary>
    public static Command Create() => ActionCommand.Of(
        new HelpfulCommand(
            "delete",
            "Deletes a token: from now on it signs nobody in",
            "dossier tokens delete 0f8e6a2c4b7d4d0e9c1a5b3f7e2d8c6a",
            "# Somebody else's, e.g. of one who has left",
            "dossier tokens delete 0f8e6a2c4b7d4d0e9c1a5b3f7e2d8c6a --all") { Id, All },
        async (client, parsed, cancellationToken) =>
        {
            var id = parsed.GetRequiredValue(Id);
            await (parsed.GetValue(All) ? client.Tokens.DeleteAnyAsync(id, cancellationToken) : client.Tokens.DeleteAsync(id, cancellationToken));
            return $"Deleted token {id}.";
        });
}
