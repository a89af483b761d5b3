using System.Diagnostics;
using Dossier.Bench.Http;

namespace Dossier.Bench.Load;

/// <summary>Gives a connection's request number <paramref name="index"/>, counted from 0; empty when it has no more to send.</summary>
public delegate ReadOnlyMemory<byte> NextRequest(int index);

/// <summary>Many connections that each send one request after the other, as fast as the server answers.</summary>
public static class LoadRun
{
    private const int MostRequests = 2_000_000;

    /// <summary>Runs the load, one thread a connection.</summary>
    /// <param name="target">The server.</param>
    /// <param name="connections">How many connections.</param>
    /// <param name="time">When to stop, where the requests do not end before.</param>
    /// <param name="requests">Makes each connection's requests, given its number; called before the clock starts.</param>
    /// <param name="stop">Ends the load early, with an exception.</param>
    /// <exception cref="BenchException">A request was answered with anything but 200.</exception>
    public static LoadResult Go(Target target, int connections, TimeSpan time, Func<int, NextRequest> requests, CancellationToken stop)
    {
        var samples = new List<Sample>[connections];
        var failures = new List<Exception>();
        using var start = new Barrier(connections);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var threads = Enumerable.Range(0, connections).Select(number => new Thread(() =>
        {
            try
            {
                samples[number] = Send(target, time, requests(number), start, failed.Token);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                lock (failures)
                {
                    failures.Add(error);
                }

                failed.Cancel();
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        stop.ThrowIfCancellationRequested();
        return failures.Find(error => error is not OperationCanceledException) is { } first
            ? throw new BenchException(first is BenchException ? first.Message : $"The load broke off: {first.Message}")
            : LoadResult.Of(samples);
    }

    private static List<Sample> Send(Target target, TimeSpan time, NextRequest next, Barrier start, CancellationToken stop)
    {
        using var connection = new HttpConnection(target);
        var samples = new List<Sample>(4096);
        start.SignalAndWait(stop);
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        for (var index = 0; index < MostRequests && Stopwatch.GetTimestamp() < end; index++)
        {
            stop.ThrowIfCancellationRequested();
            var request = next(index);
            if (request.IsEmpty)
            {
                break;
            }

            var began = Stopwatch.GetTimestamp();
            connection.Exchange(request.Span);
            samples.Add(new Sample(began, Stopwatch.GetTimestamp()));
        }

        return samples;
    }
}
