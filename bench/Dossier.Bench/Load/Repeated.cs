using System.Diagnostics;
using System.Text.Json;
using Dossier.Bench.Http;

namespace Dossier.Bench.Load;

/// <summary>The same request again and again on one connection, for answers whose time is what matters.</summary>
public static class Repeated
{
    /// <summary>Checks the first answer, then times the rest.</summary>
    /// <param name="target">The server.</param>
    /// <param name="request">A request that changes nothing.</param>
    /// <param name="sizes">How often and how long.</param>
    /// <param name="check">Throws where the answer is not the right one. The others must be as long as the first.</param>
    /// <param name="stop">Ends it early, with an exception.</param>
    /// <returns>Milliseconds from sending to the last byte, in ascending order.</returns>
    public static IReadOnlyList<double> Time(Target target, RequestTemplate request, Sizes sizes, Action<JsonElement> check, CancellationToken stop)
    {
        using var connection = new HttpConnection(target);
        var first = connection.Exchange(request.Bytes.Span);
        var length = first.Length;
        check(JsonElement.Parse(first.Span));
        var times = new List<double>(sizes.Repeats);
        var limit = Stopwatch.StartNew();
        while (times.Count < sizes.Repeats && (times.Count == 0 || limit.Elapsed < sizes.RepeatTime))
        {
            stop.ThrowIfCancellationRequested();
            var began = Stopwatch.GetTimestamp();
            var answer = connection.Exchange(request.Bytes.Span);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (answer.Length != length)
            {
                throw new BenchException($"The same request was answered with {length} bytes first and {answer.Length} bytes later.");
            }
        }

        times.Sort();
        return times;
    }
}
