using System.Net.Http.Headers;
using System.Text.Json;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>The server's REST interface: paths below the host, credentials, JSON in and out.</summary>
internal sealed class Api(Transport transport, DossierClientOptions options)
{
    /// <summary>The base of the tracking and registry routes.</summary>
    public const string Mlflow = "api/2.0/mlflow/";

    // Above any page the protocol allows, below what would endanger the process.
    private const long MaxAnswerBytes = 512L << 20;

    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");

    public DossierClientOptions Options => options;

    public Transport Transport => transport;

    /// <summary>Asks a path of the tracking and registry routes or, when it starts with a slash, one below the host.</summary>
    public Task<TAnswer> GetAsync<TAnswer>(string path, Query query, CancellationToken cancellationToken) =>
        AskAsync<TAnswer>(_ => Request(HttpMethod.Get, Route(path) + query), Repeat.Safe, cancellationToken);

    /// <summary>Sends a message; the path is as for <see cref="GetAsync"/>.</summary>
    public Task<TAnswer> SendAsync<TMessage, TAnswer>(
        HttpMethod method, string path, TMessage message, Repeat repeat, CancellationToken cancellationToken) =>
        AskAsync<TAnswer>(_ => Request(method, Route(path), Body(message)), repeat, cancellationToken);

    /// <summary>Deletes what a query string names.</summary>
    public Task<TAnswer> DeleteAsync<TAnswer>(string path, Query query, Repeat repeat, CancellationToken cancellationToken) =>
        AskAsync<TAnswer>(_ => Request(HttpMethod.Delete, Mlflow + path + query), repeat, cancellationToken);

    /// <summary>Deletes what a query string names; the answer is empty.</summary>
    public Task DeleteAsync(string path, Query query, Repeat repeat, CancellationToken cancellationToken) =>
        transport.SendAsync(_ => Request(HttpMethod.Delete, Mlflow + path + query), repeat, static (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>Sends a message whose answer is empty.</summary>
    public Task SendAsync<TMessage>(HttpMethod method, string path, TMessage message, Repeat repeat, CancellationToken cancellationToken) =>
        transport.SendAsync(_ => Request(method, Route(path), Body(message)), repeat, static (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>A request to a path below the host, with credentials.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, new Uri(options.Host, path)) { Content = content };
        request.Headers.Authorization = options.Credentials.Header;
        return request;
    }

    /// <summary>The answer's body as UTF-8 bytes, whole.</summary>
    /// <exception cref="AttemptException">The answer is no JSON by its content type.</exception>
    public static async Task<byte[]> JsonBytesAsync(HttpResponseMessage response, Attempt attempt, long maxBytes = MaxAnswerBytes)
    {
        if (response.Content.Headers.ContentType?.MediaType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase) && type != "text/plain")
        {
            throw new AttemptException(NotTheProtocol(response, $"content of type {type}"));
        }

        await response.Content.LoadIntoBufferAsync(maxBytes, attempt.Token);
        return await response.Content.ReadAsByteArrayAsync(attempt.Token);
    }

    /// <summary>Sends a request until its answer could be read as <typeparamref name="TAnswer"/>.</summary>
    public Task<TAnswer> AskAsync<TAnswer>(Func<Attempt, HttpRequestMessage> create, Repeat repeat, CancellationToken cancellationToken) =>
        transport.SendAsync(
            create,
            repeat,
            static async (response, attempt) =>
            {
                var bytes = await JsonBytesAsync(response, attempt);
                var type = ClientJson.TypeInfo<TAnswer>();
                try
                {
                    var answer = JsonSerializer.Deserialize(bytes, type) ?? throw new AttemptException(NotTheProtocol(response, "null"));
                    return type.Properties.FirstOrDefault(member => !member.IsGetNullable && member.Get?.Invoke(answer) is null) is { } missing
                        ? throw new AttemptException(NotTheProtocol(response, $"JSON without '{missing.Name}'"))
                        : answer;
                }
                catch (JsonException e)
                {
                    throw new AttemptException(NotTheProtocol(response, $"JSON of an unexpected form ({e.Message})"));
                }
            },
            cancellationToken);

    private static string Route(string path) => path.StartsWith('/') ? path[1..] : Mlflow + path;

    private static ByteArrayContent Body<TMessage>(TMessage message) =>
        new(JsonSerializer.SerializeToUtf8Bytes(message, ClientJson.TypeInfo<TMessage>())) { Headers = { ContentType = Json } };

    private static ProtocolException NotTheProtocol(HttpResponseMessage response, string what) =>
        new(
            ErrorCode.BadRequest,
            $"{response.RequestMessage!.RequestUri!.AbsolutePath} returned {what}. Is this an MLflow server, or a sign-in page in front of it?")
        {
            StatusCode = (int)response.StatusCode,
        };
}
