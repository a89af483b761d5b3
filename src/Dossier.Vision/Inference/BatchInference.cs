using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Inference;

/// <summary>Classifies any number of pictures as they come: reading and decoding run ahead on other threads, and memory holds a few batches at most.</summary>
public static class BatchInference
{
    private const int BatchesAhead = 2;

    /// <summary>Classifies pictures in their order. One that cannot be read is an answer with an error, not the end.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="batchSize">Pictures of one run of the model.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="VisionException">The model's answer is not a number.</exception>
    public static async IAsyncEnumerable<InferredPicture> RunAsync(
        PictureClassifier classifier, IAsyncEnumerable<NamedPicture> pictures, int batchSize = 32, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        var prepared = Channel.CreateBounded<Task<Prepared>>(BatchesAhead * batchSize);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = PrepareAsync(pictures, classifier.Processor, prepared.Writer, stop.Token);
        try
        {
            var batch = new List<Prepared>(batchSize);
            await foreach (var next in prepared.Reader.ReadAllAsync(cancellationToken))
            {
                batch.Add(await next);
                if (batch.Count == batchSize)
                {
                    foreach (var answer in Answer(classifier, batch))
                    {
                        yield return answer;
                    }

                    batch.Clear();
                }
            }

            foreach (var answer in Answer(classifier, batch))
            {
                yield return answer;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task PrepareAsync(
        IAsyncEnumerable<NamedPicture> pictures, ImageProcessor processor, ChannelWriter<Task<Prepared>> prepared, CancellationToken cancellationToken)
    {
        // Not more at a time than there are cores: a decoded picture may have 192 MiB.
        using var decoders = new SemaphoreSlim(Environment.ProcessorCount);
        Exception? failure = null;
        try
        {
            await foreach (var picture in pictures.WithCancellation(cancellationToken))
            {
                await decoders.WaitAsync(cancellationToken);
                var task = Task.Run(
                    async () =>
                    {
                        try
                        {
                            return await PrepareAsync(picture, processor, cancellationToken);
                        }
                        finally
                        {
                            decoders.Release();
                        }
                    },
                    CancellationToken.None);
                await prepared.WriteAsync(task, cancellationToken);
            }
        }
        catch (Exception e)
        {
            failure = e;
        }

        prepared.Complete(failure);

        // Those that are still at work release the semaphore, which is disposed here.
        for (var decoder = 0; decoder < Environment.ProcessorCount; decoder++)
        {
            await decoders.WaitAsync(CancellationToken.None);
        }
    }

    private static async Task<Prepared> PrepareAsync(NamedPicture picture, ImageProcessor processor, CancellationToken cancellationToken)
    {
        try
        {
            var input = new float[processor.Length];
            processor.Apply(PictureDecoder.Decode(await picture.ReadAsync(cancellationToken)), input);
            return new(picture.Name, input, null);
        }
        catch (VisionException e)
        {
            return new(picture.Name, null, e.Message);
        }
    }

    private static IEnumerable<InferredPicture> Answer(PictureClassifier classifier, List<Prepared> batch)
    {
        var length = classifier.Processor.Length;
        var good = batch.Where(one => one.Input is not null).ToList();
        var inputs = new float[good.Count * length];
        for (var index = 0; index < good.Count; index++)
        {
            good[index].Input!.CopyTo(inputs, index * length);
        }

        var logits = classifier.Logits(inputs, good.Count);
        var row = 0;
        foreach (var one in batch)
        {
            if (one.Input is null)
            {
                yield return new(one.Name, null, null, one.Error);
                continue;
            }

            var own = logits.AsMemory(row++ * classifier.Classes.Count, classifier.Classes.Count).ToArray();
            var scores = PictureClassifier.Probabilities(own);
            var best = TensorPrimitives.IndexOfMax<double>(scores);
            yield return new(one.Name, own, new(classifier.Classes[best], scores[best], scores), null);
        }
    }

    private sealed record Prepared(string Name, float[]? Input, string? Error);
}
