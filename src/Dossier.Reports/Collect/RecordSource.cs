using System.Collections.Concurrent;
using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>
/// Asks a server and reads its answers, for one collection. Each question is sent once, however often it is asked: to ask early, before
/// the answer is needed, is how calls run side by side. An answer that is not what the protocol says counts as the server's failure.
/// </summary>
internal sealed class RecordSource : IAsyncDisposable
{
    // Enough for all that can be asked at once of one model; a tree of artifacts must not flood the server.
    private const int MaxCalls = 16;

    private readonly IRecordReader _reader;
    private readonly CancellationTokenSource _stop;
    private readonly SemaphoreSlim _calls = new(MaxCalls);
    private readonly ConcurrentDictionary<RecordQuery, Lazy<Task<RecordObject>>> _answers = new();
    private readonly ConcurrentQueue<Task> _begun = new();

    public RecordSource(IRecordReader reader, CancellationToken cancellationToken)
    {
        _reader = reader;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Links = new(reader);
    }

    public RecordLinks Links { get; }

    public string TrackingUri => _reader.TrackingUri;

    public bool IsDatabricks => _reader.IsDatabricks;

    public bool InUnityCatalog(string modelName) => _reader.InUnityCatalog(modelName);

    /// <summary>
    /// Whether the server refused a call about an object that is there because it doesn't know the call: how open-source servers, which have
    /// neither permissions nor Databricks' calls, differ from Dossier. Databricks has them all.
    /// </summary>
    public bool IsUnknownCall(ProtocolException refusal) => !IsDatabricks && refusal.StatusCode == 404;

    public Task<VersionKey?> FindVersionAsync(ModelUri uri) => _reader.FindVersionAsync(uri, _stop.Token);

    /// <summary>Sends questions whose answers will be needed, or probably will.</summary>
    public void AskAhead(params ReadOnlySpan<RecordQuery> queries)
    {
        foreach (var query in queries)
        {
            _ = Begin(AskAsync(query));
        }
    }

    /// <summary>Work that has begun; it is over when this source is disposed, even if nobody needs its result any more.</summary>
    public Task<T> Begin<T>(Task<T> work)
    {
        _begun.Enqueue(work);
        return work;
    }

    /// <summary>The answer's whole object.</summary>
    /// <exception cref="ProtocolException">The server refused, or answered something else.</exception>
    public Task<RecordObject> AskAsync(RecordQuery query) => _answers.GetOrAdd(query, asked => new(() => ReadAsync(asked))).Value;

    /// <summary>The object that the answer holds in a member.</summary>
    /// <exception cref="ProtocolException">The server refused, or answered something else.</exception>
    public async Task<RecordObject> AskAsync(RecordQuery query, string member) =>
        (await AskAsync(query)).ObjectAt(member)
        ?? throw new ProtocolException(ErrorCode.InternalError, $"The server's answer about {query} has no object '{member}'.");

    /// <summary>Opens a file.</summary>
    /// <exception cref="ProtocolException">The server refused.</exception>
    public async Task<RecordObject> ReadYamlAsync(ArtifactLocation file)
    {
        await _calls.WaitAsync(_stop.Token);
        try
        {
            await using var stream = await _reader.OpenArtifactAsync(file, _stop.Token);
            return await MlModelFile.ReadAsync(stream, _stop.Token);
        }
        finally
        {
            _calls.Release();
        }
    }

    /// <summary>One page of a directory: its entries, and the token of the next page.</summary>
    /// <exception cref="ProtocolException">The server refused, or answered something else.</exception>
    public async Task<(IReadOnlyList<RecordObject> Files, string? NextPage)> ListAsync(ArtifactLocation location, string? pageToken)
    {
        var page = Parse(await CallAsync(stop => _reader.ListArtifactsAsync(location, pageToken, stop)), "the artifacts");
        return (
            [.. (page.ArrayAt("files") ?? []).OfType<RecordObject>()],
            page.TextAt("next_page_token") is { Length: > 0 } next ? next : null);
    }

    /// <summary>Ends what is still under way: a guess may have been wrong, or the collection failed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        while (_begun.TryDequeue(out var work))
        {
            // Whoever needed its result has seen how it failed.
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
        _calls.Dispose();
    }

    private async Task<RecordObject> ReadAsync(RecordQuery query) => Parse(await CallAsync(stop => _reader.ReadAsync(query, stop)), query.ToString());

    private async Task<string> CallAsync(Func<CancellationToken, Task<string>> call)
    {
        await _calls.WaitAsync(_stop.Token);
        try
        {
            return await call(_stop.Token);
        }
        finally
        {
            _calls.Release();
        }
    }

    private static RecordObject Parse(string json, string about)
    {
        try
        {
            return JsonReader.Parse(json, Exploder.MaxDepth) as RecordObject
                ?? throw new ProtocolException(ErrorCode.InternalError, $"The server's answer about {about} is not a JSON object.");
        }
        catch (FormatException exception)
        {
            throw new ProtocolException(ErrorCode.InternalError, $"The server's answer about {about} cannot be read. {exception.Message}");
        }
    }
}
