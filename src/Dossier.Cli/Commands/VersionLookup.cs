using System.Globalization;
using Dossier.Client;
using Dossier.Protocol;

namespace Dossier.Cli.Commands;

/// <summary>Finds the model version that a <c>models:/</c> URI means.</summary>
internal static class VersionLookup
{
    /// <summary>The version; null when the URI names no registered model.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>: there is no such version.</exception>
    public static async Task<ModelVersion?> FindAsync(DossierClient client, ModelUri uri, CancellationToken cancellationToken) => uri switch
    {
        ModelUri.OfVersion version => await client.ModelVersions.GetAsync(version.Name, version.Number, cancellationToken),
        ModelUri.OfAlias alias => await client.RegisteredModels.GetVersionByAliasAsync(alias.Name, alias.Alias, cancellationToken),
        ModelUri.OfStage stage => Highest(await client.RegisteredModels.GetLatestVersionsAsync(stage.Name, [stage.Stage], cancellationToken))
            ?? throw ProtocolException.NotFound($"Registered model '{stage.Name}' has no version in stage {stage.Stage}."),
        // Each version is in one stage, so the highest of all is the newest of its stage.
        ModelUri.OfLatest latest => Highest(await client.RegisteredModels.GetLatestVersionsAsync(latest.Name, null, cancellationToken))
            ?? throw ProtocolException.NotFound($"Registered model '{latest.Name}' has no versions."),
        _ => null,
    };

    private static ModelVersion? Highest(IReadOnlyList<ModelVersion> versions) =>
        versions.MaxBy(version => long.TryParse(version.Version, CultureInfo.InvariantCulture, out var number) ? number : 0);
}
