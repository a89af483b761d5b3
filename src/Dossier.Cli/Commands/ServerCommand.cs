using System.CommandLine;
using System.Globalization;
using System.Reflection;
using Dossier.Cli.Options;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Dossier.Storage.Migrations;

namespace Dossier.Cli.Commands;

/// <summary><c>dossier server</c>.</summary>
internal static class ServerCommand
{
    private static readonly ServerOptions Defaults = new();

    private static readonly Option<string> Host = new("--host")
    {
        Description = "The address to listen on: 127.0.0.1 for this machine alone, 0.0.0.0 for the network (with --auth)",
        HelpName = "ADDRESS",
        DefaultValueFactory = static _ => Defaults.Host,
    };

    private static readonly Option<int> Port = NumberOption.Port("The port to listen on; 0 takes a free one", Defaults.Port);

    private static readonly Option<string> ArtifactRoot = new("--artifact-root", "--artifacts-destination")
    {
        Description = "The folder that artifacts lie in; created as needed",
        HelpName = "FOLDER",
        DefaultValueFactory = static _ => Defaults.ArtifactRoot,
    };

    private static readonly Option<string[]> ProtectedAlias = new("--protected-alias")
    {
        Description = "An alias that only those set and delete who may move versions to Production; repeat it for more, \"\" for none "
            + $"[default: {string.Join(", ", Defaults.ProtectedAliases)}]",
        HelpName = "ALIAS",
    };

    private static readonly Option<bool> Auth = new("--auth")
    {
        Description = "Ask callers to sign in, and let each do only what is granted to them. Without it, everybody who reaches the port may do everything",
    };

    private static readonly Option<string?> PublicUrl = new("--public-url")
    {
        Description = "The URL that clients know the server by, where a proxy stands before it, e.g. one that speaks TLS",
        HelpName = "URL",
    };

    private static readonly Option<bool> Mask = new("--mask")
    {
        Description = "Store params and tags whose names look like those of secrets as <NAME> instead of their value, e.g. hub_token as <HUB_TOKEN>",
    };

    private static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = "The key that encrypts secrets of webhooks: 32 random bytes in Base64, one file for all replicas [default: DATABASE.key, "
            + "made beside an SQLite database when it is needed; none with PostgreSQL]",
        HelpName = "FILE",
    };

    private static readonly Option<bool> AllowPrivateWebhooks = new("--allow-private-webhooks")
    {
        Description = "Let webhooks send to private addresses, by http too: whoever manages a model can then reach what this machine can",
    };

    private static readonly Option<bool> Metrics = new("--metrics") { Description = "Show administrators the server's metrics at /metrics, for Prometheus" };

    private static readonly Option<string?> OtlpEndpoint = new("--otlp-endpoint")
    {
        Description = "Send metrics and traces to the OpenTelemetry collector at this address, by OTLP over HTTP, e.g. http://localhost:4318",
        HelpName = "URL",
    };

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "server",
            "Runs a server for any MLflow client. By default it keeps everything in the current folder: dossier.db and dossier-artifacts/",
            "dossier server",
            "dossier server --auth --host 0.0.0.0 --port 8080 --backend-store sqlite:////var/lib/dossier/dossier.db --artifact-root /var/lib/dossier/artifacts",
            "dossier server --backend-store postgresql://dossier:PASSWORD@db.example.com/dossier",
            "# With sign-in: the first administrator, then the server",
            "dossier admin create ann@example.com",
            "dossier server --auth --public-url https://mlflow.example.com",
            "dossier server --auth --oidc-issuer https://login.example.com --oidc-client-id dossier --oidc-client-secret-file secret --oidc-admin-group mlops",
            "# From Python, R, Java or .NET",
            "export MLFLOW_TRACKING_URI=http://127.0.0.1:5000")
        {
            Host, Port, StoreOptions.BackendStore, ArtifactRoot, Auth, PublicUrl, ProtectedAlias, Mask, KeyFile, AllowPrivateWebhooks, Metrics, OtlpEndpoint,
        };
        OidcCommandOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new ServerOptions
        {
            Host = parsed.GetRequiredValue(Host),
            Port = parsed.GetValue(Port),
            BackendStore = parsed.GetRequiredValue(StoreOptions.BackendStore),
            ArtifactRoot = parsed.GetRequiredValue(ArtifactRoot),
            RequireSignIn = parsed.GetValue(Auth),
            Oidc = OidcCommandOptions.Of(parsed),
            PublicUrl = parsed.GetValue(PublicUrl),
            MaskSecrets = parsed.GetValue(Mask),
            ProtectedAliases = parsed.GetValue(ProtectedAlias) is { Length: > 0 } aliases ? [.. aliases.Where(alias => alias.Length > 0)] : Defaults.ProtectedAliases,
            KeyFile = parsed.GetValue(KeyFile),
            AllowPrivateWebhooks = parsed.GetValue(AllowPrivateWebhooks),
            Metrics = parsed.GetValue(Metrics),
            OtlpEndpoint = parsed.GetValue(OtlpEndpoint),
        };
        await using (var server = await DossierServer.StartAsync(options, cancellationToken))
        {
            AnnounceMigration(server.Migration);
            Announce(server, options);
            await Waiting.ForAsync(cancellationToken);
            Console.Error.WriteLine("Stopping; requests in flight are finished first.");
        }

        // To be stopped is a server's normal end.
        return ExitCode.Ok;
    }

    private static void AnnounceMigration(MigrationReport migration)
    {
        if (migration.Migrated && migration.From > 0)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"The database was brought from schema version {migration.From} to {migration.To}."));
            if (migration.Backup is { } backup)
            {
                Console.Error.WriteLine($"  as it was  {backup}");
            }
        }
    }

    private static void Announce(DossierServer server, ServerOptions options)
    {
        var version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);
        Console.Error.WriteLine(
            $"""
            Dossier {version} listens on {ServerUrl.Of(server)}
              backend store  {Redaction.Of(options.BackendStore)}
              artifact root  {Path.GetFullPath(options.ArtifactRoot)}
              sign-in        {(options.RequireSignIn ? "required: each caller may do what is granted to them" : "none: everybody who reaches this port is the local administrator")}
            Clients: export MLFLOW_TRACKING_URI={options.PublicUrl ?? ServerUrl.Of(server)}   Ctrl-C stops.
            """);
    }
}
