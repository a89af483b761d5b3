namespace Dossier.Client;

/// <summary>Where a file is read from: the server itself, or a signed URL of a cloud store, to which our credentials must not go.</summary>
internal sealed class ArtifactSource
{
    private readonly Func<HttpRequestMessage> _request;

    private ArtifactSource(Func<HttpRequestMessage> request) => _request = request;

    public static ArtifactSource At(Api api, string route) => new(() => api.Request(HttpMethod.Get, route));

    public static ArtifactSource At(SignedUri signed) => new(() =>
    {
        var message = new HttpRequestMessage(HttpMethod.Get, signed.Address);
        foreach (var header in signed.Headers ?? [])
        {
            message.Headers.TryAddWithoutValidation(header.Name!, header.Value);
        }

        return message;
    });

    public HttpRequestMessage Request() => _request();
}
