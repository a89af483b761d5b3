using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.Client;

namespace Dossier.CommandLine.Options;

/// <summary>Which server a command asks.</summary>
public static class TrackingOptions
{
    private const string Variable = "MLFLOW_TRACKING_URI";

    // Somebody waits at the terminal: an unreachable server is reported within two seconds.
    private const int Retries = 2;

    /// <summary>The option <c>--tracking-uri</c>.</summary>
    public static Option<string?> TrackingUri { get; } = new("--tracking-uri")
    {
        Description = $"The server: http(s)://HOST:PORT, databricks or databricks://PROFILE [default: ${Variable}]. "
            + "Credentials are read from MLFLOW_TRACKING_TOKEN, or _USERNAME and _PASSWORD, or the Databricks profile",
        HelpName = "URI",
    };

    /// <summary>A client of the server that the command line or the environment names.</summary>
    /// <exception cref="UsageException">Neither names one.</exception>
    public static DossierClient Connect(ParseResult parsed) => new(Server(parsed));

    /// <summary>The server that the command line or the environment names, with the environment's credentials.</summary>
    /// <exception cref="UsageException">Neither names one.</exception>
    public static DossierClientOptions Server(ParseResult parsed)
    {
        var uri = parsed.GetValue(TrackingUri) ?? Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrWhiteSpace(uri))
        {
            throw new UsageException(
                $"No tracking server is set: use --tracking-uri or set {Variable}, e.g. http://127.0.0.1:5000 for a 'dossier server' on this machine.");
        }

        return DossierClientOptions.FromEnvironment(uri) with { MaxRetries = Retries };
    }
}
