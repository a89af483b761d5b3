using Dossier.Protocol;

namespace Dossier.Reports.Tests.Collect;

/// <summary>
/// Passes questions on in rounds: what is asked is held until nothing more is asked, and then all of it is answered at once. The number
/// of rounds is the longest chain of questions that depend on one another.
/// </summary>
/// <remarks>
/// An answer's continuations run inside <see cref="TaskCompletionSource{TResult}.SetResult"/>, so everything that follows from a round's
/// answers has been asked when the last of them is set.
/// </remarks>
internal sealed class RoundsReader(IRecordReader inner) : IRecordReader
{
    private List<Func<Task<Action>>> _held = [];

    public string TrackingUri => inner.TrackingUri;

    public string Host => inner.Host;

    public bool IsDatabricks => inner.IsDatabricks;

    /// <summary>What was asked, round by round.</summary>
    public List<List<string>> Rounds { get; } = [[]];

    public bool InUnityCatalog(string modelName) => inner.InUnityCatalog(modelName);

    public Task<VersionKey?> FindVersionAsync(ModelUri uri, CancellationToken cancellationToken) => uri
        is ModelUri.OfStage or ModelUri.OfLatest or ModelUri.OfAlias
        ? HoldAsync(uri.Text, () => inner.FindVersionAsync(uri, cancellationToken))
        : inner.FindVersionAsync(uri, cancellationToken);

    public Task<string> ReadAsync(RecordQuery query, CancellationToken cancellationToken) =>
        HoldAsync(query.GetType().Name + " " + query, () => inner.ReadAsync(query, cancellationToken));

    public Task<string> ListArtifactsAsync(ArtifactLocation location, string? pageToken, CancellationToken cancellationToken) =>
        HoldAsync($"list {location} {pageToken}", () => inner.ListArtifactsAsync(location, pageToken, cancellationToken));

    public Task<Stream> OpenArtifactAsync(ArtifactLocation location, CancellationToken cancellationToken) =>
        HoldAsync($"open {location}", () => inner.OpenArtifactAsync(location, cancellationToken));

    /// <summary>Does the work, answering round by round.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        // Away from the test's own context, which would put continuations off.
        return await Task.Run(async () =>
        {
            var all = work();
            while (_held.Count > 0)
            {
                var round = Interlocked.Exchange(ref _held, []);
                var answers = await Task.WhenAll(round.Select(ask => ask()));
                Rounds.Add([]);
                Array.ForEach(answers, answer => answer());
            }

            Rounds.RemoveAll(round => round.Count == 0);
            return await all.WaitAsync(TimeSpan.FromMinutes(1));
        });
    }

    private Task<T> HoldAsync<T>(string question, Func<Task<T>> ask)
    {
        var answer = new TaskCompletionSource<T>();
        Rounds[^1].Add(question);
        _held.Add(async () =>
        {
            try
            {
                var value = await ask();
                return () => answer.SetResult(value);
            }
            catch (ProtocolException exception)
            {
                return () => answer.SetException(exception);
            }
        });
        return answer.Task;
    }
}
