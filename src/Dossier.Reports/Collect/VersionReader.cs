using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Collect;

/// <summary>A model version that was found.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Number">The version.</param>
/// <param name="Raw">The version as the server tells it.</param>
/// <param name="DownloadUri">Where its files are; null when the server does not tell.</param>
internal sealed record FoundVersion(string Name, string Number, JsonObject Raw, string? DownloadUri);

/// <summary>Reads the version that a <c>models:/</c> URI means.</summary>
/// <param name="source">The server.</param>
internal sealed class VersionReader(RecordSource source)
{
    /// <summary>The version; null when the URI names no registered model.</summary>
    /// <exception cref="ProtocolException">There is no such model or version; the message says so.</exception>
    public async Task<FoundVersion?> ReadAsync(ModelUri uri, CancellationToken cancellationToken)
    {
        if (await source.Reader.FindVersionAsync(uri, cancellationToken) is not var (name, number))
        {
            return null;
        }

        var raw = await source.AskAsync(new RecordQuery.ModelVersion(name, number), "model_version", cancellationToken);
        return new FoundVersion(name, number, raw, await DownloadUriAsync(name, number, cancellationToken));
    }

    private async Task<string?> DownloadUriAsync(string name, string number, CancellationToken cancellationToken)
    {
        try
        {
            return (await source.AskAsync(new RecordQuery.DownloadUri(name, number), cancellationToken)).TextAt("artifact_uri");
        }
        catch (ProtocolException)
        {
            // The version is known and reported; only this one row stays empty.
            return null;
        }
    }
}
