using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Core.LoggedModels;
using Dossier.Core.Registry;
using Dossier.Core.Review;
using Dossier.Core.Tracking;
using Dossier.Core.Webhooks;

namespace Dossier.Core;

/// <summary>All services of the domain, each made once: what an endpoint, a page, a command or a job calls.</summary>
public sealed class Domain
{
    private readonly Lazy<ExperimentService> _experiments;
    private readonly Lazy<ArtifactService> _artifacts;

    /// <param name="ports">What the domain stands on.</param>
    /// <param name="options">What the operator decided.</param>
    public Domain(DomainPorts ports, DomainOptions options)
    {
        var (stores, clock) = (ports.Stores, ports.Clock);
        Access = new(stores.Access);
        var artifacts = new Lazy<IArtifactStore>(ports.Artifacts);

        Identity = new(stores.Identity, clock);
        Passwords = new(stores.Credentials, stores.Identity, stores.Access, new(), clock);
        Tokens = new(stores.Credentials, stores.Identity, Access, clock);
        TokenSignIn = new(stores.Credentials, stores.Access, clock);
        ClientCredentials = new(stores.ClientSecrets, stores.Credentials, clock);
        ProviderUsers = new(stores.Identity, stores.ProviderGroups, options.ProviderAdminGroup, clock);
        Sessions = new(stores.Credentials, Passwords, ProviderUsers, TokenSignIn, clock);
        Administrators = new(stores.Identity, stores.Credentials, Passwords, clock);

        Permissions = new(stores.Access, stores.Identity, Access, clock);
        Workspace = new(stores.Access, clock);
        UserPermissions = new(stores.Access, Identity, clock);
        AuthUsers = new(stores.Identity, Identity, Passwords, UserPermissions);
        Audit = new(stores.Audit, Access, clock);

        _experiments = new(() => new(stores.Tracking, Access, artifacts.Value, clock));
        Runs = new(stores.Tracking, clock);
        RunSearch = new(stores.Tracking);
        RunLogging = new(stores.Tracking, clock);
        MetricHistory = new(stores.Tracking);
        LoggedModels = new(stores.LoggedModels, clock);

        RegisteredModels = new(stores.Registry, Access, options.ProtectedAliases, clock);
        ModelVersions = new(stores.Registry, new(stores.Tracking, stores.LoggedModels, stores.Registry, Access), clock);
        Review = new(stores.Review, Access, clock);
        Activities = new(stores.Review, Access, clock);
        Webhooks = new(ports, options, Access);

        _artifacts = new(() => new(Runs, LoggedModels, ModelVersions, artifacts.Value));
    }

    /// <summary>Whether a caller may do something.</summary>
    public AccessService Access { get; }

    /// <summary>Users, groups and service principals.</summary>
    public IdentityService Identity { get; }

    /// <summary>Passwords, and sign-in by them.</summary>
    public PasswordService Passwords { get; }

    /// <summary>Personal access tokens.</summary>
    public TokenService Tokens { get; }

    /// <summary>Sign-in by token.</summary>
    public TokenSignIn TokenSignIn { get; }

    /// <summary>Browser sessions.</summary>
    public SessionService Sessions { get; }

    /// <summary>OAuth secrets of service principals, and the tokens that they are exchanged for.</summary>
    public ClientCredentials ClientCredentials { get; }

    /// <summary>Users that the identity provider knows.</summary>
    public ProviderUsers ProviderUsers { get; }

    /// <summary>The first users of a record, for whoever can reach the database itself.</summary>
    public AdministratorService Administrators { get; }

    /// <summary>Grants on all kinds of objects.</summary>
    public PermissionService Permissions { get; }

    /// <summary>Folders of experiments.</summary>
    public WorkspaceService Workspace { get; }

    /// <summary>Grants of users, as basic-auth clients manage them.</summary>
    public UserPermissionService UserPermissions { get; }

    /// <summary>Users, as basic-auth clients manage them.</summary>
    public AuthUserService AuthUsers { get; }

    /// <summary>The stream of events.</summary>
    public AuditService Audit { get; }

    /// <summary>Experiments.</summary>
    public ExperimentService Experiments => _experiments.Value;

    /// <summary>Runs.</summary>
    public RunService Runs { get; }

    /// <summary>Searches of runs.</summary>
    public RunSearchService RunSearch { get; }

    /// <summary>Params, metrics, tags and inputs of runs.</summary>
    public RunLoggingService RunLogging { get; }

    /// <summary>All points of a metric.</summary>
    public MetricHistoryService MetricHistory { get; }

    /// <summary>Logged models.</summary>
    public LoggedModelService LoggedModels { get; }

    /// <summary>Registered models and their aliases.</summary>
    public RegisteredModelService RegisteredModels { get; }

    /// <summary>Versions of registered models.</summary>
    public ModelVersionService ModelVersions { get; }

    /// <summary>Transition requests and stages.</summary>
    public ReviewService Review { get; }

    /// <summary>Comments, and the history of versions.</summary>
    public ActivityService Activities { get; }

    /// <summary>Webhooks.</summary>
    public WebhookServices Webhooks { get; }

    /// <summary>Artifacts by what they belong to.</summary>
    public ArtifactService Artifacts => _artifacts.Value;
}
