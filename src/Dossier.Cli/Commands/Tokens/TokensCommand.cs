using System.CommandLine;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Tokens;

/// <summary><c>dossier tokens</c>.</summary>
internal static class TokensCommand
{
    /// <summary>The command and what can be done with tokens.</summary>
    public static Command Create() => new HelpfulCommand(
        "tokens",
        "Personal access tokens: credentials for programs",
        "# Use a token of 30 days in this shell",
        "export MLFLOW_TRACKING_TOKEN=$(dossier tokens create --comment laptop --days 30)",
        "dossier tokens list",
        "dossier tokens delete 0f8e6a2c4b7d4d0e9c1a5b3f7e2d8c6a")
    {
        ListTokensCommand.Create(),
        CreateTokenCommand.Create(),
        DeleteTokenCommand.Create(),
    };
}
