using System.Text;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Reads a model's record over HTTP, keeping every answer's text as the server wrote it.</summary>
internal sealed class HttpRecordReader(Api api, ModelsClient models, ArtifactsClient artifacts) : IRecordReader
{
    private const long MaxRecordBytes = 64L << 20;

    public string TrackingUri => api.Options.TrackingUri;

    public string Host => api.Options.Host.AbsoluteUri.TrimEnd('/');

    public bool IsDatabricks => api.Options.IsDatabricks;

    public bool InUnityCatalog(string modelName) => models.InUnityCatalog(modelName);

    public Task<VersionKey?> FindVersionAsync(ModelUri uri, CancellationToken cancellationToken) => models.FindVersionAsync(uri, cancellationToken);

    public Task<string> ReadAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var route = RecordRoutes.Of(query, InUnityCatalog);
        return api.Transport.SendAsync(
            _ => api.Request(HttpMethod.Get, route),
            Repeat.Safe,
            static async (response, attempt) => Encoding.UTF8.GetString(await Api.JsonBytesAsync(response, attempt, MaxRecordBytes)),
            cancellationToken);
    }

    public Task<string> ListArtifactsAsync(ArtifactLocation location, string? pageToken, CancellationToken cancellationToken) =>
        artifacts.ListPageAsync(location, pageToken, cancellationToken);

    public Task<Stream> OpenArtifactAsync(ArtifactLocation location, CancellationToken cancellationToken) =>
        artifacts.OpenReadAsync(location, cancellationToken);
}
