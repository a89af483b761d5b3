using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dossier.Protocol;
using Dossier.Vision.Serving.Input;
using Dossier.Vision.Serving.Telemetry;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Serving.Scoring;

/// <summary>
/// Decodes pictures on threads of its own while another runs the model on what is decoded, in batches across requests. Between both lies no more than
/// two batches, so what is decoded stays bounded, however much is accepted.
/// </summary>
internal sealed class ScoringPipeline : IDisposable
{
    private readonly ScoringServerOptions _options;
    private readonly ScoringQueue _queue;
    private readonly ServingMetrics _metrics;
    private readonly BlockingCollection<PictureJob> _encoded = [];
    private readonly BlockingCollection<PictureJob> _decoded;
    private readonly Thread[] _decoders;
    private readonly BatchRunner _runner;
    private int _onTheWay;

    public ScoringPipeline(ScoringServerOptions options, ScoringQueue queue, ServingMetrics metrics)
    {
        (_options, _queue, _metrics) = (options, queue, metrics);
        _decoded = new(2 * options.MaxBatch);
        _runner = new(options, _decoded, () => Volatile.Read(ref _onTheWay) > 0, queue, metrics);

        // Threads of their own: the pool's answer the network, and on few cores there are few of them.
        _decoders = [.. Enumerable.Range(1, options.ThreadCount).Select(number => new Thread(Decode) { Name = $"decode {number}", IsBackground = true })];
        foreach (var thread in _decoders)
        {
            thread.Start();
        }
    }

    /// <summary>Has a request's pictures worked on.</summary>
    /// <exception cref="ProtocolException">429: there is no room for all of them.</exception>
    public void Submit(ScoringRequest request)
    {
        // First on the way, then in the queue: a batch waits for whatever the queue has.
        Interlocked.Add(ref _onTheWay, request.Jobs.Count);
        try
        {
            _queue.Enter(request.Jobs.Count);
        }
        catch (ProtocolException)
        {
            Interlocked.Add(ref _onTheWay, -request.Jobs.Count);
            throw;
        }

        foreach (var job in request.Jobs)
        {
            if (!TryAdd(job))
            {
                Drop(job, new ProtocolException(ErrorCode.TemporarilyUnavailable, "The server is stopping."));
                Interlocked.Decrement(ref _onTheWay);
            }
        }
    }

    /// <summary>Finishes what was submitted, then ends the threads.</summary>
    public void Dispose()
    {
        _encoded.CompleteAdding();
        foreach (var thread in _decoders)
        {
            thread.Join();
        }

        _decoded.CompleteAdding();
        _runner.Join();
        _encoded.Dispose();
        _decoded.Dispose();
    }

    private bool TryAdd(PictureJob job)
    {
        try
        {
            _encoded.Add(job);
            return true;
        }
        catch (InvalidOperationException)
        {
            // The drain timeout ended before this request had come.
            return false;
        }
    }

    private void Decode()
    {
        foreach (var job in _encoded.GetConsumingEnumerable())
        {
            if (Prepare(job))
            {
                _decoded.Add(job);
            }

            Interlocked.Decrement(ref _onTheWay);
        }
    }

    private bool Prepare(PictureJob job)
    {
        if (job.Request.IsAbandoned)
        {
            return Drop(job, error: null);
        }

        try
        {
            var bytes = Base64Text.Decode(job.Picture);
            if (_options.Capture is { } capture)
            {
                job.Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
                job.Bytes = capture.Pictures ? bytes.ToArray() : null;
            }

            var processor = job.Request.Model.Classifier.Processor;
            processor.Apply(PictureDecoder.Decode(bytes), job.Input(processor.Length));
            return true;
        }
        catch (VisionException failure)
        {
            return Drop(job, ScoringErrors.Bad($"{job.Picture.Place} cannot be decoded: {failure.Message}"));
        }
#pragma warning disable CA1031 // Whatever a hostile picture does, its request must be answered, and the thread go on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Drop(job, failure);
        }
    }

    private bool Drop(PictureJob job, Exception? error)
    {
        _metrics.PictureDropped();
        _queue.Leave();
        job.End(answer: null, error);
        return false;
    }
}
