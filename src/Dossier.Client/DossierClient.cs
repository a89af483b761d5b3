using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// A client of a Dossier server, of any other server that speaks the MLflow REST protocol, and of Databricks workspaces.
/// Safe for use by many threads; make one for each server and keep it, since it holds the pooled connections.
/// </summary>
/// <remarks>
/// Calls are repeated where that is safe: reads, and writes that leave the same state when sent twice, after lost connections, timeouts
/// and the statuses 408, 429, 500, 502, 503 and 504; other writes (create, delete, restore, rename, and what appends) only if the connection
/// was never made, or after 429 and 503. Waits double, with jitter, and honour <c>Retry-After</c>; <see cref="DossierClientOptions"/> bounds them.
/// Failures are <see cref="ProtocolException"/>; its status is 0 where no answer came.
/// </remarks>
public sealed partial class DossierClient : IDisposable
{
    private readonly Transport _transport;
    private readonly TimeProvider _time;

    /// <summary>A client of the server that the options name.</summary>
    public DossierClient(DossierClientOptions options)
        : this(options, handler: null)
    {
    }

    /// <summary>A client that sends through <paramref name="handler"/>.</summary>
    /// <param name="options">Where the server is and how to sign in; <see cref="DossierClientOptions.InsecureTls"/> is up to the handler here.</param>
    /// <param name="handler">Stays the caller's to dispose; null: pooled connections of its own. Must not follow redirects.</param>
    /// <param name="timeProvider">The clock of waits, timeouts and logged points; null: the system's.</param>
    public DossierClient(DossierClientOptions options, HttpMessageHandler? handler, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _time = timeProvider ?? TimeProvider.System;
        _transport = new(options, handler, _time);
        var api = new Api(_transport, options);
        Options = options;
        Experiments = new(api);
        Runs = new(api);
        RegisteredModels = new(api);
        ModelVersions = new(api);
        Review = new(api);
        Webhooks = new(api);
        LoggedModels = new(api);
        Audit = new(api);
        var resolver = new ArtifactResolver(api);
        Models = new(api, resolver);
        Artifacts = new(api, resolver);
        Tokens = new(api);
        Passwords = new(api);
        Users = new(api);
        Groups = new(api);
        ServicePrincipals = new(api);
        Permissions = new(api);
        Workspace = new(api);
        Records = new HttpRecordReader(api, Models, Artifacts);
    }

    /// <summary>The options it was made with.</summary>
    public DossierClientOptions Options { get; }

    /// <summary>Experiments.</summary>
    public ExperimentsClient Experiments { get; }

    /// <summary>Runs and what they log.</summary>
    public RunsClient Runs { get; }

    /// <summary>Model URIs: what <c>models:/pcb/Staging</c> or <c>runs:/RUN/model</c> means.</summary>
    public ModelsClient Models { get; }

    /// <summary>Registered models, their tags and aliases.</summary>
    public RegisteredModelsClient RegisteredModels { get; }

    /// <summary>Versions of registered models.</summary>
    public ModelVersionsClient ModelVersions { get; }

    /// <summary>Transition requests, comments and the history of model versions.</summary>
    public ReviewClient Review { get; }

    /// <summary>Webhooks of the model registry (Dossier servers and Databricks workspaces).</summary>
    public WebhooksClient Webhooks { get; }

    /// <summary>Logged models (servers of protocol 3.x).</summary>
    public LoggedModelsClient LoggedModels { get; }

    /// <summary>What happened, and the proof that nobody changed the log of it (Dossier servers).</summary>
    public AuditClient Audit { get; }

    /// <summary>Artifacts of runs, model versions and logged models.</summary>
    public ArtifactsClient Artifacts { get; }

    /// <summary>Personal access tokens (Dossier and Databricks servers).</summary>
    public TokensClient Tokens { get; }

    /// <summary>Passwords (Dossier servers).</summary>
    public PasswordsClient Passwords { get; }

    /// <summary>Users (Dossier and Databricks servers).</summary>
    public UsersClient Users { get; }

    /// <summary>Groups (Dossier and Databricks servers).</summary>
    public GroupsClient Groups { get; }

    /// <summary>Service principals (Dossier and Databricks servers).</summary>
    public ServicePrincipalsClient ServicePrincipals { get; }

    /// <summary>Who may do what (Dossier and Databricks servers).</summary>
    public PermissionsClient Permissions { get; }

    /// <summary>Directories, by path (Dossier and Databricks servers).</summary>
    public WorkspaceClient Workspace { get; }

    /// <summary>Raw answers for reports.</summary>
    public IRecordReader Records { get; }

    /// <summary>A client of the server that the environment names; see <see cref="DossierClientOptions.FromEnvironment()"/>.</summary>
    public static DossierClient FromEnvironment() => new(DossierClientOptions.FromEnvironment());

    /// <summary>Closes the connections. Runs that are still open must be disposed before.</summary>
    public void Dispose() => _transport.Dispose();

    /// <summary>The server; never a secret.</summary>
    public override string ToString() => Options.ToString();
}
