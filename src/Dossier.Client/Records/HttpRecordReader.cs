using System.Net.Http.Headers;
using System.Text;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Reads a model's record over HTTP, keeping every answer's text as the server wrote it.</summary>
internal sealed class HttpRecordReader(Api api, ArtifactsClient artifacts) : IRecordReader
{
    private const long MaxRecordBytes = 64L << 20;

    public string TrackingUri => api.Options.TrackingUri;

    public string Host => api.Options.Host.AbsoluteUri.TrimEnd('/');

    public bool IsDatabricks => api.Options.IsDatabricks;

    public Task<string> ReadAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var route = query.Path.TrimStart('/') + query.Parameters.Aggregate(new Query(), static (to, parameter) => to.Add(parameter.Key, parameter.Value));
        return api.Transport.SendAsync(
            _ => query.Body is { } body
                ? api.Request(HttpMethod.Post, route, new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")))
                : api.Request(HttpMethod.Get, route),
            Repeat.Safe,
            static async (response, attempt) => Encoding.UTF8.GetString(await Api.JsonBytesAsync(response, attempt, MaxRecordBytes)),
            cancellationToken);
    }

    public Task<string> ListArtifactsAsync(ArtifactLocation location, string? pageToken, CancellationToken cancellationToken) =>
        artifacts.ListPageAsync(location, pageToken, cancellationToken);

    public Task<Stream> OpenArtifactAsync(ArtifactLocation location, CancellationToken cancellationToken) =>
        artifacts.OpenReadAsync(location, cancellationToken);
}
