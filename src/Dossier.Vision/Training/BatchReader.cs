using System.Collections.Concurrent;
using Dossier.Vision.Data;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Training;

/// <summary>Makes batches on other threads, a few ahead of who takes them. Their order and content do not depend on the threads.</summary>
internal sealed class BatchReader(ImageProcessor processor, PictureCache cache, int workers)
{
    private readonly ConcurrentBag<float[]> _buffers = [];
    private readonly int _workers = workers > 0 ? workers : Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Batches in order. A batch's buffer is used again once the next is asked for.</summary>
    /// <param name="samples">All pictures with their classes.</param>
    /// <param name="batches">For each batch, the places of its pictures among <paramref name="samples"/>.</param>
    /// <param name="augment">Chance for the picture at a place; null only resizes.</param>
    /// <param name="augmentation">What chance may do.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="VisionException">A picture cannot be read or decoded; the message begins with its name.</exception>
    public IEnumerable<Batch> Read(
        IReadOnlyList<Sample> samples, IEnumerable<ReadOnlyMemory<int>> batches, Func<int, Random>? augment, Augmentation? augmentation, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<Task<Batch>>();
        var next = batches.GetEnumerator();
        try
        {
            var more = true;
            while (true)
            {
                while (more && ahead.Count < _workers && (more = next.MoveNext()))
                {
                    var places = next.Current;
                    ahead.Enqueue(Task.Run(() => MakeAsync(samples, places, augment, augmentation, stop.Token), stop.Token));
                }
                if (!ahead.TryDequeue(out var task))
                {
                    yield break;
                }
                // The next batches begin before this one is waited for: that is what "ahead" is.
                if (more && (more = next.MoveNext()))
                {
                    var places = next.Current;
                    ahead.Enqueue(Task.Run(() => MakeAsync(samples, places, augment, augmentation, stop.Token), stop.Token));
                }
                var batch = task.GetAwaiter().GetResult();
                yield return batch;
                _buffers.Add(batch.Inputs);
            }
        }
        finally
        {
            stop.Cancel();
            next.Dispose();
            Task.WhenAll(ahead).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }

    private async Task<Batch> MakeAsync(
        IReadOnlyList<Sample> samples, ReadOnlyMemory<int> places, Func<int, Random>? augment, Augmentation? augmentation, CancellationToken cancellationToken)
    {
        var needed = places.Length * processor.Length;
        if (!_buffers.TryTake(out var inputs) || inputs.Length < needed)
        {
            inputs = new float[needed];
        }
        var targets = new long[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = places.Span[i];
            var sample = samples[place];
            var raster = await cache.GetAsync(sample.Picture, cancellationToken).ConfigureAwait(false);
            var input = inputs.AsSpan(i * processor.Length, processor.Length);
            if (augment is null || augmentation is null)
            {
                processor.Apply(raster, input);
            }
            else
            {
                processor.Augment(raster, augmentation, augment(place), input);
            }
            targets[i] = sample.Target;
        }
        return new Batch(inputs, targets, places.Length, processor.Height, processor.Width);
    }
}

/// <summary>A picture and the id of its class.</summary>
internal readonly record struct Sample(Picture Picture, int Target);
