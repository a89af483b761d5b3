using System.CommandLine;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Tokens;

/// <summary><c>dossier tokens delete</c>.</summary>
internal static class DeleteTokenCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "The token's id, as 'dossier tokens list' shows it; not the token itself" };

    private static readonly Option<bool> All = new("--all") { Description = "Delete any user's token (for administrators)" };

    public static Command Create() => ActionCommand.Of(
        new HelpfulCommand(
            "delete",
            "Deletes a token; it stops working at once",
            "dossier tokens delete 0f8e6a2c4b7d4d0e9c1a5b3f7e2d8c6a",
            "# Another user's token, e.g. after they have left",
            "dossier tokens delete 0f8e6a2c4b7d4d0e9c1a5b3f7e2d8c6a --all") { Id, All },
        async (client, parsed, cancellationToken) =>
        {
            var id = parsed.GetRequiredValue(Id);
            await (parsed.GetValue(All) ? client.Tokens.DeleteAnyAsync(id, cancellationToken) : client.Tokens.DeleteAsync(id, cancellationToken));
            return $"Deleted token {id}.";
        });
}
