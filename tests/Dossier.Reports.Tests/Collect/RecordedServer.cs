using System.Net;
using System.Text;
using Dossier.Client;
using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Tests.Collect;

/// <summary>
/// Answers as a server did: recorded texts by the request's path, query and body, which our own client sends. What was not recorded
/// is <c>RESOURCE_DOES_NOT_EXIST</c>.
/// </summary>
internal sealed class RecordedServer : IRecordReader
{
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    private DossierClient? _client;

    public string TrackingUri { get; init; } = "http://localhost:5000";

    public string Host { get; init; } = "http://localhost:5000";

    public bool IsDatabricks { get; init; }

    public List<string> Asked { get; } = [];

    /// <summary>Puts answers off, in an order of its own; null: answers as soon as asked.</summary>
    public Random? Order { get; set; }

    public static RecordedServer Load(string fixture)
    {
        var recorded = (RecordObject)Fixture.Json(Encoding.UTF8.GetString(Fixture.Bytes(fixture)));
        var server = new RecordedServer { TrackingUri = recorded.TextAt("tracking_uri")!, Host = recorded.TextAt("host")!, IsDatabricks = true };
        foreach (var (path, answer) in recorded.ObjectAt("answers")!)
        {
            server.Answers(path, answer.ToString());
        }

        foreach (var (path, list) in recorded.ObjectAt("lists")!)
        {
            server.Lists(path, list.ToString());
        }

        foreach (var (path, text) in recorded.ObjectAt("files")!)
        {
            server.HasFile(path, ((RecordText)text).Value);
        }

        return server;
    }

    public RecordedServer Answers(string pathAndQuery, string json)
    {
        _answers[pathAndQuery.StartsWith('/') ? pathAndQuery : "/api/2.0/mlflow/" + pathAndQuery] = json;
        return this;
    }

    public RecordedServer Lists(string directory, string json)
    {
        _lists[directory] = json;
        return this;
    }

    public RecordedServer HasFile(string path, string text)
    {
        _files[path] = text;
        return this;
    }

    public RecordedServer Without(string pathPart)
    {
        foreach (var recorded in new[] { _answers, _lists, _files })
        {
            foreach (var key in recorded.Keys.Where(key => key.Contains(pathPart, StringComparison.Ordinal)).ToList())
            {
                recorded.Remove(key);
            }
        }

        return this;
    }

    public bool InUnityCatalog(string modelName) => Client.Records.InUnityCatalog(modelName);

    public Task<VersionKey?> FindVersionAsync(ModelUri uri, CancellationToken cancellationToken) =>
        Client.Records.FindVersionAsync(uri, cancellationToken);

    public Task<string> ReadAsync(RecordQuery query, CancellationToken cancellationToken) => Client.Records.ReadAsync(query, cancellationToken);

    public Task<string> ListArtifactsAsync(ArtifactLocation location, string? pageToken, CancellationToken cancellationToken) =>
        Find(_lists, Text(location) + (pageToken is null ? "" : "#" + pageToken));

    public async Task<Stream> OpenArtifactAsync(ArtifactLocation location, CancellationToken cancellationToken) =>
        new MemoryStream(Encoding.UTF8.GetBytes(await Find(_files, Text(location))));

    private DossierClient Client => _client ??= new(
        new(new Uri(Host)) { TrackingUri = TrackingUri, IsDatabricks = IsDatabricks, MaxRetries = 0 }, new Answering(this));

    private async Task<string> Find(Dictionary<string, string> recorded, string key)
    {
        lock (Asked)
        {
            Asked.Add(key);
        }

        for (var turns = Turns(); turns > 0; turns--)
        {
            await Task.Yield();
        }

        return recorded.TryGetValue(key, out var answer) ? answer : throw new ProtocolException("RESOURCE_DOES_NOT_EXIST", $"Nothing at {key}");
    }

    private int Turns()
    {
        lock (Asked)
        {
            return Order?.Next(50) ?? 0;
        }
    }

    private static string Text(ArtifactLocation location) => location switch
    {
        ArtifactLocation.InRun run => $"runs:/{run.RunId}/{run.Path}",
        ArtifactLocation.AtUri at => at.Uri,
        _ => throw new InvalidOperationException(),
    };

    private sealed class Answering(RecordedServer server) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is { } content ? " " + Spaced(await content.ReadAsStringAsync(cancellationToken)) : "";
            try
            {
                return Answer(HttpStatusCode.OK, await server.Find(server._answers, Uri.UnescapeDataString(request.RequestUri!.PathAndQuery) + body));
            }
            catch (ProtocolException exception)
            {
                var error = new RecordObject { ["error_code"] = new RecordText(exception.ErrorCode), ["message"] = new RecordText(exception.Message) };
                return Answer(HttpStatusCode.NotFound, error.ToString());
            }
        }

        private static HttpResponseMessage Answer(HttpStatusCode status, string json) =>
            new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

        private static string Spaced(string json) => JsonWriter.Write(JsonReader.Parse(json))
            .Replace("\n", "", StringComparison.Ordinal).Replace("  ", "", StringComparison.Ordinal);
    }
}
