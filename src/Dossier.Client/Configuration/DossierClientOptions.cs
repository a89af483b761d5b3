using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Where the server is, how to sign in, and how patient to be.</summary>
public sealed record DossierClientOptions
{
    /// <summary>Options for the server at <paramref name="host"/>.</summary>
    /// <param name="host">An http(s) URL, with a path if the server sits below one. User name and password in it become <see cref="Credentials"/>.</param>
    /// <exception cref="ProtocolException">It is not an absolute http(s) URL.</exception>
    public DossierClientOptions(Uri host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (!host.IsAbsoluteUri || host.Scheme is not ("http" or "https"))
        {
            throw ProtocolException.Invalid("The tracking URI must be an http:// or https:// URL, 'databricks' or 'databricks://profile'.");
        }

        Host = new Uri(host.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/') + "/");
        TrackingUri = Host.AbsoluteUri.TrimEnd('/');
        if (host.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
        {
            Credentials = Credentials.Basic(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        }
    }

    /// <summary>The server, with a slash at the end and without credentials; <c>api/2.0/…</c> is below it.</summary>
    public Uri Host { get; }

    /// <summary>The tracking URI as configured, e.g. <c>http://localhost:5000</c> or <c>databricks://profile</c>; without credentials.</summary>
    public string TrackingUri { get; init; }

    /// <summary>Whether the server is a Databricks workspace, whose artifacts are read through signed URLs.</summary>
    public bool IsDatabricks { get; init; }

    /// <summary>How to sign in. Default: not at all.</summary>
    public Credentials Credentials { get; init; } = Credentials.None;

    /// <summary>Accepts any certificate of the server: only for tests behind a self-signed one. Default: false.</summary>
    public bool InsecureTls { get; init; }

    /// <summary>How long one attempt may go without progress: an answer, or the next piece of an artifact. Default: 120 s, as MLflow's.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How often a call is repeated at most, where repeating is safe. Default: 5; 0 switches repeats off.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>The wait before the first repeat; it doubles each time, with jitter. Default: 500 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before a repeat. A server whose <c>Retry-After</c> asks for more is not asked again. Default: 30 s.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Options from the environment: <c>MLFLOW_TRACKING_URI</c> (an http(s) URL, <c>databricks</c> or <c>databricks://profile</c>),
    /// <c>MLFLOW_TRACKING_USERNAME</c> and <c>_PASSWORD</c>, else <c>MLFLOW_TRACKING_TOKEN</c>, <c>MLFLOW_TRACKING_INSECURE_TLS</c>;
    /// for <c>databricks</c> the variables <c>DATABRICKS_HOST</c> with <c>DATABRICKS_TOKEN</c>, else the profile
    /// <c>DATABRICKS_CONFIG_PROFILE</c> (or <c>DEFAULT</c>) of <c>DATABRICKS_CONFIG_FILE</c> (or <c>~/.databrickscfg</c>).
    /// </summary>
    /// <exception cref="ProtocolException">Something is missing or malformed; the message names the variable or the line.</exception>
    public static DossierClientOptions FromEnvironment() => new TrackingEnvironment(Environment.GetEnvironmentVariable).Options();

    /// <summary>As <see cref="FromEnvironment()"/>, for a tracking URI that the user gave otherwise, e.g. on a command line.</summary>
    /// <param name="trackingUri">An http(s) URL, <c>databricks</c> or <c>databricks://profile</c>.</param>
    /// <exception cref="ProtocolException">As <see cref="FromEnvironment()"/>.</exception>
    public static DossierClientOptions FromEnvironment(string trackingUri) =>
        new TrackingEnvironment(Environment.GetEnvironmentVariable).Options(trackingUri);

    /// <summary>The tracking URI and the kind of credentials; never a secret.</summary>
    public override string ToString() => $"{TrackingUri} ({Credentials})";
}
