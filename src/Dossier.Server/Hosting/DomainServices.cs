using Dossier.Core.Artifacts;
using Dossier.Core.LoggedModels;
using Dossier.Core.Registry;
using Dossier.Core.Tracking;

namespace Dossier.Server.Hosting;

/// <summary>The domain, put together on its stores: what handlers call.</summary>
/// <param name="tracking">Experiments and runs.</param>
/// <param name="registry">Registered models and versions.</param>
/// <param name="loggedModels">Logged models.</param>
/// <param name="artifacts">Artifact bytes.</param>
/// <param name="clock">The time of changes.</param>
internal sealed class DomainServices(
    ITrackingStore tracking, IRegistryStore registry, ILoggedModelStore loggedModels, IArtifactStore artifacts, TimeProvider clock)
{
    public ExperimentService Experiments { get; } = new(tracking, clock);

    public RunService Runs { get; } = new(tracking, clock);

    public RunSearchService RunSearch { get; } = new(tracking);

    public RunLoggingService RunLogging { get; } = new(tracking, clock);

    public MetricHistoryService MetricHistory { get; } = new(tracking);

    public RegisteredModelService RegisteredModels { get; } = new(registry, clock);

    public ModelVersionService ModelVersions { get; } = new(registry, new(tracking, loggedModels, registry), clock);

    public LoggedModelService LoggedModels { get; } = new(loggedModels, clock);

    public ArtifactService Artifacts { get; } = new(
        new(tracking, clock), new(loggedModels, clock), new(registry, new(tracking, loggedModels, registry), clock), artifacts);

    /// <summary>The artifact store itself, for routes that name a path in it.</summary>
    public IArtifactStore ArtifactStore { get; } = artifacts;
}
