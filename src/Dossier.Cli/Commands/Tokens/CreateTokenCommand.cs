using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;

namespace Dossier.Cli.Commands.Tokens;

/// <summary><c>dossier tokens create</c>.</summary>
internal static class CreateTokenCommand
{
    private static readonly Option<string?> For = new("--for")
    {
        Description = "Create it for a service principal, by its application id (for administrators)",
        HelpName = "SERVICE_PRINCIPAL",
    };

    private static readonly Option<string?> Comment = new("--comment") { Description = "What the token is for", HelpName = "TEXT" };

    private static readonly Option<int?> Days = new("--days") { Description = "Lifetime in days [default: the server's, 90]", HelpName = "COUNT" };

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "create",
            "Creates a token and prints it once; the server keeps only its hash",
            "export MLFLOW_TRACKING_TOKEN=$(dossier tokens create --comment laptop)",
            "# A token for a program that has a service principal",
            "dossier tokens create --for 1e7f2a9c-5d3b-4c86-9a51-7f0b2d4e8c13 --comment 'nightly training' --days 365")
        {
            For, Comment, Days, TrackingOptions.TrackingUri, FormatOption.OfObjects,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = TrackingOptions.Connect(parsed);
        TimeSpan? lifetime = parsed.GetValue(Days) is { } days ? TimeSpan.FromDays(days) : null;
        var comment = parsed.GetValue(Comment);
        var created = parsed.GetValue(For) is { } servicePrincipal
            ? await client.Tokens.CreateOnBehalfAsync(servicePrincipal, comment, lifetime, cancellationToken)
            : await client.Tokens.CreateAsync(comment, lifetime, cancellationToken);
        if (parsed.GetValue(FormatOption.OfObjects) == OutputFormat.Json)
        {
            Console.Out.WriteLine(JsonOutput.Pretty(created));
            return ExitCode.Ok;
        }

        Console.Out.WriteLine(created.TokenValue);
        Console.Out.Flush();
        var until = created.TokenInfo.ExpiryTime < 0 ? "for ever" : $"until {Human.Time(created.TokenInfo.ExpiryTime)} UTC";
        Console.Error.WriteLine($"Token {created.TokenInfo.TokenId} is valid {until}. It will not be shown again.");
        return ExitCode.Ok;
    }
}
