using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Reads options from environment variables, by the names that MLflow's and Databricks' own clients use.</summary>
internal sealed class TrackingEnvironment(Func<string, string?> variable)
{
    private const string Databricks = "databricks";

    public DossierClientOptions Options() => Options(Variable("MLFLOW_TRACKING_URI") ?? throw ProtocolException.Invalid(
        "MLFLOW_TRACKING_URI is not set: it must be an http:// or https:// URL, 'databricks' or 'databricks://profile'."));

    public DossierClientOptions Options(string trackingUri)
    {
        if (trackingUri == Databricks)
        {
            return Workspace(trackingUri, profile: null);
        }

        if (trackingUri.StartsWith(Databricks + "://", StringComparison.Ordinal))
        {
            return Workspace(trackingUri, trackingUri[(Databricks.Length + 3)..].TrimEnd('/'));
        }

        var plain = new DossierClientOptions(Parse(trackingUri, "tracking URI"));
        return new(plain.Host)
        {
            Credentials = TrackingCredentials() ?? plain.Credentials,
            InsecureTls = IsTrue("MLFLOW_TRACKING_INSECURE_TLS"),
        };
    }

    private DossierClientOptions Workspace(string trackingUri, string? profile)
    {
        var (host, credentials) = profile is null && Variable("DATABRICKS_HOST") is { } named
            ? (named, Credentials.Bearer(Variable("DATABRICKS_TOKEN") ?? throw ProtocolException.Invalid(
                "DATABRICKS_HOST is set but DATABRICKS_TOKEN is not.")))
            : DatabricksConfigFile.Read(ConfigFile(), profile ?? Variable("DATABRICKS_CONFIG_PROFILE") ?? "DEFAULT");
        return new(Parse(host.Contains("://", StringComparison.Ordinal) ? host : "https://" + host, "Databricks host"))
        {
            TrackingUri = trackingUri,
            IsDatabricks = true,
            Credentials = credentials,
            InsecureTls = IsTrue("DATABRICKS_INSECURE"),
        };
    }

    private Credentials? TrackingCredentials()
    {
        if (Variable("MLFLOW_TRACKING_USERNAME") is { } user && Variable("MLFLOW_TRACKING_PASSWORD") is { } password)
        {
            return Credentials.Basic(user, password);
        }

        return Variable("MLFLOW_TRACKING_TOKEN") is { } token ? Credentials.Bearer(token) : null;
    }

    private string ConfigFile() => Variable("DATABRICKS_CONFIG_FILE")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".databrickscfg");

    private bool IsTrue(string name) => Variable(name)?.ToUpperInvariant() is "TRUE" or "1";

    private string? Variable(string name) => variable(name) is { Length: > 0 } value ? value : null;

    // The text is not repeated: it may hold a password.
    private static Uri Parse(string text, string what) => Uri.TryCreate(text, UriKind.Absolute, out var uri)
        ? uri
        : throw ProtocolException.Invalid($"The {what} must be an http:// or https:// URL, 'databricks' or 'databricks://profile'.");
}
