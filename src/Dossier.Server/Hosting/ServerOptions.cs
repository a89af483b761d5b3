using Dossier.Artifacts;
using Dossier.Core.Registry;
using Dossier.Hosting;
using Dossier.Hosting.Telemetry;
using Dossier.Protocol;

namespace Dossier.Server.Hosting;

/// <summary>How a server is started.</summary>
public sealed record ServerOptions
{
    // To add a setting:
    // 1. Add a property here, with its default, and with units and limits in its comment.
    // 2. Check it in Validate: say what is wrong and what would be right. All errors are reported at once, before anything is opened.
    // 3. Pass it to where it is needed: in DossierServices; to the domain through DomainOptions.
    // 4. Add the option to src/Dossier.Cli/Commands/ServerCommand.cs: declare it, list it in the command, read it in RunAsync.
    // 5. Add a row to the table of options in docs/server.md.
    // 6. Test what it changes over HTTP, and its wrong values in tests/Dossier.Server.Tests/LifetimeTests.cs.

    /// <summary>The address to listen on: an IP address, or <c>localhost</c> for 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port, 1 to 65535; 0 takes a free one.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>The database: <c>sqlite:///PATH</c> (a fourth slash makes PATH absolute) or <c>postgresql://USER:PASSWORD@HOST/NAME</c>.</summary>
    public string BackendStore { get; init; } = "sqlite:///dossier.db";

    /// <summary>The folder that artifacts lie in.</summary>
    public string ArtifactRoot { get; init; } = "dossier-artifacts";

    /// <summary>Whether callers must sign in; otherwise everybody who reaches the server is the local user, who may do everything, and it listens on this machine alone.</summary>
    public bool RequireSignIn { get; init; }

    /// <summary>The identity provider that people may sign in with besides; null for none.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary>The aliases of model versions that only those set and delete who may move versions to Production.</summary>
    public IReadOnlyList<string> ProtectedAliases { get; init; } = Core.Registry.ProtectedAliases.Default;

    /// <summary>The URL that clients know the server by where it isn't the one it listens on, e.g. that of a proxy that speaks TLS: answers
    /// name it. Null: what each request says.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Whether params and tags whose names look like those of secrets are stored as <c>&lt;NAME&gt;</c> instead of their value.</summary>
    public bool MaskSecrets { get; init; }

    /// <summary>The file with the key that encrypts the secrets of webhooks: 32 bytes in Base64. Null: <c>DATABASE.key</c> beside an SQLite database,
    /// made when it is first needed; on PostgreSQL there is none then, and webhooks can have no secrets.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Whether webhooks may send to private addresses, by <c>http</c> too and to any port: to this machine, its network, a cloud's metadata.</summary>
    public bool AllowPrivateWebhooks { get; init; }

    /// <summary>Whether <c>/metrics</c> shows administrators the server's metrics in Prometheus' text format.</summary>
    public bool Metrics { get; init; }

    /// <summary>The OpenTelemetry collector that metrics and traces are sent to by OTLP over HTTP, e.g. <c>http://localhost:4318</c>; null for none.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>How long requests in flight may take to finish once the server is told to stop.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where it listens.</summary>
    internal ListenAddress Address => new(Host, Port);

    /// <summary>What browsers may ask of it.</summary>
    internal BrowserRules BrowserRules => new()
    {
        OwnNamesOnly = !RequireSignIn,
        Remedy = "Start it with its address as public URL (--public-url), or with sign-in (--auth).",
        PublicUrl = PublicAddress,
    };

    /// <summary>The <see cref="PublicUrl"/>, once checked.</summary>
    internal Uri? PublicAddress => PublicUrl is null ? null : new(PublicUrl);

    /// <summary>Checks everything at once.</summary>
    /// <exception cref="ServerOptionsException">Something is wrong; its errors say all that is.</exception>
    internal void Validate()
    {
        var errors = new List<string>();
        errors.AddRange(Address.Errors());
        if (Address.IsOnNetwork && !RequireSignIn)
        {
            errors.Add($"host '{Host}' can be reached from other machines, and without sign-in everybody who reaches it may do everything: "
                + "ask callers to sign in (--auth), or listen on 127.0.0.1.");
        }

        errors.AddRange(Oidc?.Errors() ?? []);
        if (Oidc is not null && !RequireSignIn)
        {
            errors.Add("OpenID Connect is for servers that ask callers to sign in: add --auth.");
        }

        if (PublicUrl is not null && !IsBaseUrl(PublicUrl))
        {
            errors.Add("the public URL is none that clients could use: give one like https://mlflow.example.com, without user, query or fragment.");
        }

        if (!BackendStore.StartsWith("sqlite:///", StringComparison.Ordinal) && !BackendStore.StartsWith("postgresql://", StringComparison.Ordinal))
        {
            errors.Add("the backend store is neither sqlite:///PATH nor postgresql://…/NAME.");
        }

        if (ArtifactStores.FaultOf(ArtifactRoot) is { } fault)
        {
            errors.Add(fault);
        }

        if (OtlpEndpoint is not null && OtlpEndpoints.FaultOf(OtlpEndpoint) is { } otlp)
        {
            errors.Add(otlp);
        }

        if (DrainTimeout < TimeSpan.Zero)
        {
            errors.Add($"drain timeout {DrainTimeout} is negative.");
        }

        try
        {
            _ = new ProtectedAliases(ProtectedAliases);
        }
        catch (ProtocolException refusal)
        {
            errors.Add($"protected aliases: {refusal.Message}");
        }

        if (errors.Count > 0)
        {
            throw new ServerOptionsException(errors);
        }
    }

    private static bool IsBaseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { Host.Length: > 0, UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 };
}
