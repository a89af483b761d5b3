using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.Identity;
using Dossier.Core.LoggedModels;
using Dossier.Core.Registry;
using Dossier.Core.Tracking;
using Dossier.Server.Webhooks;
using Dossier.Storage;

namespace Dossier.Server.Hosting;

/// <summary>The domain, put together on its stores: what handlers call.</summary>
/// <param name="store">The record.</param>
/// <param name="artifacts">Artifact bytes.</param>
/// <param name="clock">The time of changes.</param>
/// <param name="access">Who may.</param>
/// <param name="webhooks">Webhooks.</param>
internal sealed class DomainServices(DossierStore store, IArtifactStore artifacts, TimeProvider clock, AccessService access, WebhookServices webhooks)
{
    /// <summary>Who may.</summary>
    public AccessService Access { get; } = access;

    /// <summary>Who is asking.</summary>
    public SignInService SignIn { get; } = new(store.Credentials, store.Access, clock);

    public TokenService Tokens { get; } = new(store.Credentials, access, clock);

    public ExperimentService Experiments { get; } = new(store.Tracking, access, clock);

    public RunService Runs { get; } = new(store.Tracking, clock);

    public RunSearchService RunSearch { get; } = new(store.Tracking);

    public RunLoggingService RunLogging { get; } = new(store.Tracking, clock);

    public MetricHistoryService MetricHistory { get; } = new(store.Tracking);

    public RegisteredModelService RegisteredModels { get; } = new(store.Registry, clock);

    public ModelVersionService ModelVersions { get; } = new(store.Registry, new(store.Tracking, store.LoggedModels, store.Registry, access), clock);

    public WebhookServices Webhooks { get; } = webhooks;

    public LoggedModelService LoggedModels { get; } = new(store.LoggedModels, clock);

    public ArtifactService Artifacts => new(Runs, LoggedModels, ModelVersions, ArtifactStore);

    /// <summary>The artifact store itself, for routes that name a path in it.</summary>
    public IArtifactStore ArtifactStore { get; } = artifacts;
}
