using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.Protocol;
using Dossier.Reports.Collect;

namespace Dossier.Cli.Commands;

/// <summary>Finds where a model's files are.</summary>
internal static class ModelFiles
{
    /// <summary>The place that a URI means; stages, aliases and <c>latest</c> are looked up.</summary>
    /// <exception cref="UsageException">The URI means no place on a server.</exception>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>: there is no such version.</exception>
    public static async Task<ArtifactLocation> LocateAsync(DossierClient client, ModelUri uri, CancellationToken cancellationToken) => uri switch
    {
        ModelUri.OfRun run => new ArtifactLocation.InRun(run.RunId, run.Path),
        ModelUri.OfLoggedModel or ModelUri.OfArtifact => new ArtifactLocation.AtUri(uri.Text),
        ModelUri.OfData => throw new UsageException("A data document has no files: name a model, models:/NAME/VERSION or runs:/RUN_ID/PATH."),
        _ => await new VersionFinder(client.Records).FindAsync(uri, cancellationToken) is { } version
            ? new ArtifactLocation.AtUri($"models:/{Uri.EscapeDataString(version.Name)}/{version.Number}")
            : throw new UsageException($"'{uri.Text}' names no model."),
    };

    /// <summary>Opens a model's MLmodel file.</summary>
    /// <exception cref="ProtocolException">There is none, or it cannot be read.</exception>
    public static async Task<Stream> OpenMlModelAsync(DossierClient client, ModelUri uri, CancellationToken cancellationToken)
    {
        var location = await LocateAsync(client, uri, cancellationToken);
        try
        {
            return await client.Artifacts.OpenReadAsync(location.Child(MlModelFile.Name), cancellationToken);
        }
        catch (ProtocolException e) when (e.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            throw ProtocolException.NotFound($"There is no MLmodel file at '{uri.Text}'; 'dossier list artifacts' shows what there is. The server says: {e.Message}");
        }
    }
}
