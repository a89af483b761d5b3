using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Core.LoggedModels;
using Dossier.Core.Registry;
using Dossier.Core.Review;
using Dossier.Core.Tracking;
using Dossier.Server.Audit;
using Dossier.Server.Oidc;
using Dossier.Server.Webhooks;
using Dossier.Storage;

namespace Dossier.Server.Hosting;

/// <summary>The domain, put together on its stores: what handlers call.</summary>
/// <param name="store">The record.</param>
/// <param name="artifacts">Artifact bytes.</param>
/// <param name="clock">The time of changes.</param>
/// <param name="access">Who may.</param>
/// <param name="aliases">The aliases that are protected.</param>
/// <param name="webhooks">Webhooks.</param>
internal sealed class DomainServices(
    DossierStore store, IArtifactStore artifacts, TimeProvider clock, AccessService access, ProtectedAliases aliases, WebhookServices webhooks)
{
    /// <summary>Who may.</summary>
    public AccessService Access { get; } = access;

    /// <summary>Who is asking, by token.</summary>
    public TokenSignIn TokenSignIn { get; } = new(store.Credentials, store.Access, clock);

    /// <summary>Users, groups and service principals.</summary>
    public IdentityService Identity { get; } = new(store.Identity, clock);

    /// <summary>Who is asking, by password.</summary>
    public PasswordSignIn PasswordSignIn => Passwords.SignIn;

    public PasswordService Passwords { get; } = new(store.Credentials, store.Identity, store.Access, new(), clock);

    /// <summary>Who is asking, by token of the identity provider; null where there is none.</summary>
    public ProviderSignIn? Provider { get; init; }

    public ClientCredentials ClientCredentials { get; } = new(store.ClientSecrets, store.Credentials, clock);

    public TokenService Tokens { get; } = new(store.Credentials, store.Identity, access, clock);

    public PermissionService Permissions { get; } = new(store.Access, store.Identity, access, clock);

    public WorkspaceService Workspace { get; } = new(store.Access, clock);

    /// <summary>Grants of users, as basic-auth clients manage them.</summary>
    public UserPermissionService UserPermissions => new(store.Access, Identity, clock);

    /// <summary>Users, as basic-auth clients manage them.</summary>
    public AuthUserService AuthUsers => new(store.Identity, Identity, Passwords, UserPermissions);

    public ExperimentService Experiments { get; } = new(store.Tracking, access, artifacts, clock);

    public RunService Runs { get; } = new(store.Tracking, clock);

    public RunSearchService RunSearch { get; } = new(store.Tracking);

    public RunLoggingService RunLogging { get; } = new(store.Tracking, clock);

    public MetricHistoryService MetricHistory { get; } = new(store.Tracking);

    public RegisteredModelService RegisteredModels { get; } = new(store.Registry, access, aliases, clock);

    public ModelVersionService ModelVersions { get; } = new(store.Registry, new(store.Tracking, store.LoggedModels, store.Registry, access), clock);

    public ReviewService Review { get; } = new(store.Review, access, clock);

    public ActivityService Activities { get; } = new(store.Review, access, clock);

    public AuditService Audit { get; } = new(store.Audit, access, clock);

    /// <summary>Whether params and tags that look like secrets are kept out of the record.</summary>
    public bool MasksSecrets { get; init; }

    /// <summary>Takes down who reads and writes artifacts.</summary>
    public required AuditTrail Trail { get; init; }

    public WebhookServices Webhooks { get; } = webhooks;

    public LoggedModelService LoggedModels { get; } = new(store.LoggedModels, clock);

    public ArtifactService Artifacts => new(Runs, LoggedModels, ModelVersions, artifacts);
}
