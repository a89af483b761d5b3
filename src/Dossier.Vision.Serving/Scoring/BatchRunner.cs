using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dossier.Vision.Serving.Models;
using Dossier.Vision.Serving.Telemetry;

namespace Dossier.Vision.Serving.Scoring;

/// <summary>Collects decoded pictures of any requests into batches, and runs the model on each.</summary>
internal sealed class BatchRunner
{
    private readonly ScoringServerOptions _options;
    private readonly BlockingCollection<PictureJob> _decoded;
    private readonly Func<bool> _moreOnTheWay;
    private readonly ScoringQueue _queue;
    private readonly ServingMetrics _metrics;
    private readonly List<PictureJob> _batch = [];
    private readonly Thread _thread;
    private PictureJob? _next;
    private float[] _inputs = [];

    /// <param name="options">Sizes and waits.</param>
    /// <param name="decoded">The pictures; the runner ends with it.</param>
    /// <param name="moreOnTheWay">Whether pictures are being decoded, so that waiting is of use.</param>
    /// <param name="queue">Is left by pictures that are done.</param>
    /// <param name="metrics">Counts.</param>
    public BatchRunner(
        ScoringServerOptions options, BlockingCollection<PictureJob> decoded, Func<bool> moreOnTheWay, ScoringQueue queue, ServingMetrics metrics)
    {
        (_options, _decoded, _moreOnTheWay, _queue, _metrics) = (options, decoded, moreOnTheWay, queue, metrics);
        _thread = new(Run) { Name = "model", IsBackground = true };
        _thread.Start();
    }

    public void Join() => _thread.Join();

    private void Run()
    {
        while (TakeFirst(out var first))
        {
            _batch.Add(first);
            Collect(first.Request.Model);
            _batch.RemoveAll(DropIfAbandoned);
            if (_batch.Count > 0)
            {
                RunBatch(_batch[0].Request.Model);
            }

            _batch.Clear();
        }
    }

    private bool TakeFirst([NotNullWhen(true)] out PictureJob? job)
    {
        (job, _next) = (_next, null);
        return job is not null || _decoded.TryTake(out job, Timeout.Infinite);
    }

    private void Collect(ServedModel model)
    {
        var start = _options.Clock.GetTimestamp();
        while (_batch.Count < _options.MaxBatch)
        {
            if (!_decoded.TryTake(out var job) && !TakeSoon(start, out job))
            {
                return;
            }

            if (job.Request.Model != model)
            {
                // The model was exchanged between both requests: a batch has one model.
                _next = job;
                return;
            }

            _batch.Add(job);
        }
    }

    private bool TakeSoon(long start, [NotNullWhen(true)] out PictureJob? job)
    {
        var left = _options.BatchDelay - _options.Clock.GetElapsedTime(start);

        // Without a wait once more: the last one may have arrived just before it was asked for.
        return _decoded.TryTake(out job, left > TimeSpan.Zero && _moreOnTheWay() ? left : TimeSpan.Zero);
    }

    private bool DropIfAbandoned(PictureJob job)
    {
        if (!job.Request.IsAbandoned)
        {
            return false;
        }

        _metrics.PictureDropped();
        End(job, answer: null, error: null);
        return true;
    }

    private void RunBatch(ServedModel model)
    {
        try
        {
            _options.BeforeBatch?.Invoke(_batch.Count);
            var length = model.Classifier.Processor.Length;
            if (_inputs.Length < _batch.Count * length)
            {
                _inputs = new float[_options.MaxBatch * length];
            }

            for (var i = 0; i < _batch.Count; i++)
            {
                _batch[i].Input(length).CopyTo(_inputs.AsSpan(i * length));
            }

            var start = _options.Clock.GetTimestamp();
            var logits = model.Classifier.Logits(_inputs.AsMemory(0, _batch.Count * length), _batch.Count);
            _metrics.BatchDone(_batch.Count, _options.Clock.GetElapsedTime(start));
            for (var i = 0; i < _batch.Count; i++)
            {
                End(_batch[i], model.Answer(logits, i), error: null);
            }
        }
#pragma warning disable CA1031 // Whatever the model does, the requests must be answered, and the thread go on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            foreach (var job in _batch.Where(job => job.Answer is null))
            {
                End(job, answer: null, new InvalidOperationException("The model failed.", failure));
            }
        }
    }

    private void End(PictureJob job, Inference.Classification? answer, Exception? error)
    {
        _queue.Leave();
        job.End(answer, error);
    }
}
