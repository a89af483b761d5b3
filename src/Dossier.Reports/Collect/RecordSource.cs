using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>Asks a server and reads its answers; what is no proper answer counts as the server's failure.</summary>
/// <param name="reader">The server.</param>
internal sealed class RecordSource(IRecordReader reader)
{
    public IRecordReader Reader => reader;

    public RecordLinks Links { get; } = new(reader);

    public bool InUnityCatalog(string modelName) => reader.InUnityCatalog(modelName);

    /// <summary>
    /// Whether the server refused a call about an object that is there because it doesn't know the call: how open-source servers, which have
    /// neither permissions nor Databricks' calls, differ from Dossier. Databricks has them all.
    /// </summary>
    public bool IsUnknownCall(ProtocolException refusal) => !reader.IsDatabricks && refusal.StatusCode == 404;

    /// <summary>The answer's whole object.</summary>
    /// <exception cref="ProtocolException">The server refused, or answered something else.</exception>
    public async Task<JsonObject> AskAsync(RecordQuery query, CancellationToken cancellationToken) =>
        ParseObject(await reader.ReadAsync(query, cancellationToken), query.ToString());

    /// <summary>The object that the answer holds in a member.</summary>
    /// <exception cref="ProtocolException">The server refused, or answered something else.</exception>
    public async Task<JsonObject> AskAsync(RecordQuery query, string member, CancellationToken cancellationToken) =>
        (await AskAsync(query, cancellationToken)).ObjectAt(member)
        ?? throw new ProtocolException(ErrorCode.InternalError, $"The server's answer about {query} has no object '{member}'.");

    /// <summary>One page of a directory: its entries, and the token of the next page.</summary>
    /// <exception cref="ProtocolException">The server refused, or answered something else.</exception>
    public async Task<(IEnumerable<JsonObject> Files, string? NextPage)> ListAsync(
        ArtifactLocation location, string? pageToken, CancellationToken cancellationToken)
    {
        var page = ParseObject(await reader.ListArtifactsAsync(location, pageToken, cancellationToken), "the artifacts");
        return ((page.ArrayAt("files") ?? []).OfType<JsonObject>(), page.TextAt("next_page_token") is { Length: > 0 } next ? next : null);
    }

    private static JsonObject ParseObject(string json, string asked)
    {
        try
        {
            return JsonReader.Parse(json, Exploder.MaxDepth) as JsonObject
                ?? throw new ProtocolException(ErrorCode.InternalError, $"The server's answer about {asked} is not a JSON object.");
        }
        catch (FormatException exception)
        {
            throw new ProtocolException(ErrorCode.InternalError, $"The server's answer about {asked} cannot be read. {exception.Message}");
        }
    }
}
