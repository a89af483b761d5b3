using System.CommandLine;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Tokens;

/// <summary><c>dossier tokens</c>.</summary>
internal static class TokensCommand
{
    /// <summary>The command and what can be done with tokens.</summary>
    public static Command Create() => new HelpfulCommand(
        "tokens",
        "Personal access tokens: what programs sign in with",
        "# Sign in this shell with a token of 30 days",
        "export MLFLOW_TRACKING_TOKEN=$(dossier tokens create --comment laptop --days 30)",
        "dossier tokens list",
        "dossier tokens delete 0f8e6a2c4b7d4d0e9c1a5b3f7e2d8c6a")
    {
        ListTokensCommand.Create(),
        CreateTokenCommand.Create(),
        DeleteTokenCommand.Create(),
    };
}
