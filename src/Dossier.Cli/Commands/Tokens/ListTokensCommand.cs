using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;

namespace Dossier.Cli.Commands.Tokens;

/// <summary><c>dossier tokens list</c>.</summary>
internal static class ListTokensCommand
{
    private const string WithOwner = "token_id,owner_name,comment,expiry_time,last_accessed_time";

    private static readonly Option<bool> All = new("--all") { Description = "List all users' tokens (for administrators)" };

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "list",
            "Lists your tokens: comment, expiry and last use",
            "dossier tokens list",
            "dossier tokens list --all --format csv")
        {
            All,
            TrackingOptions.TrackingUri,
            FormatOption.OfLists,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = TrackingOptions.Connect(parsed);
        var all = parsed.GetValue(All);
        var tokens = all ? await client.Tokens.ListAllAsync(null, cancellationToken) : await client.Tokens.ListAsync(cancellationToken);
        await Listing.WriteAsync(
            tokens.ToAsyncEnumerable(), TokenColumns.All.Choose(all ? WithOwner : null), new(parsed.GetValue(FormatOption.OfLists), 0, "tokens"), cancellationToken);
        return ExitCode.Ok;
    }
}
