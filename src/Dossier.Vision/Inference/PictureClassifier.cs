using System.Buffers;
using System.Numerics.Tensors;
using Dossier.Vision.Model;
using Dossier.Vision.Onnx;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Inference;

/// <summary>
/// A trained classifier on ONNX Runtime: no torch is loaded. Opens an MLflow Model with an <c>onnx</c> flavor; where it has only a <c>transformers</c>
/// flavor (logged from Python), the graph is made from its weights. Safe for many threads; dispose it when none uses it.
/// </summary>
public sealed class PictureClassifier : IDisposable
{
    private readonly Graph _graph;
    private readonly ParallelOptions _parallel;
    private readonly int _patchSize;

    private PictureClassifier(Graph graph, ViTConfig config, ImageProcessor processor, ClassifierOptions options)
    {
        _graph = graph;
        _patchSize = config.PatchSize;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };
        Classes = config.Labels;
        Processor = processor;
    }

    /// <summary>Class names; a name's place is its id.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Makes inputs of pictures.</summary>
    public ImageProcessor Processor { get; }

    /// <summary>Patches of an input from top to bottom.</summary>
    internal int GridRows => Processor.Height / _patchSize;

    /// <summary>Patches of an input from left to right.</summary>
    internal int GridColumns => Processor.Width / _patchSize;

    /// <summary>Opens a model's folder, the one with the <c>MLmodel</c> file.</summary>
    /// <exception cref="VisionException">Not such a model.</exception>
    public static PictureClassifier Open(string modelFolder, ClassifierOptions? options = null)
    {
        var files = ModelFiles.Find(modelFolder);
        var config = ViTConfig.Load(files.ConfigFolder);
        var processor = ImageProcessor.Load(files.ProcessorFolder);
        if (files.Graph is not null)
        {
            return Open(files.Graph, config, processor, options);
        }

        var made = Directory.CreateTempSubdirectory("dossier-vision-");
        try
        {
            var graph = Path.Combine(made.FullName, "model.onnx");
            OnnxExporter.Write(config, ModelWeights.Load(files.ConfigFolder), graph);
            return Open(graph, config, processor, options);
        }
        finally
        {
            // The session has read all of it.
            made.Delete(recursive: true);
        }
    }

    /// <summary>Opens a graph whose configuration and processor are known.</summary>
    /// <exception cref="VisionException">Not the graph of such a classifier.</exception>
    internal static PictureClassifier Open(string graph, ViTConfig config, ImageProcessor processor, ClassifierOptions? options = null)
    {
        options ??= new ClassifierOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        if (processor.Height != config.ImageSize || processor.Width != config.ImageSize)
        {
            throw new VisionException(
                $"The model takes pictures of {config.ImageSize}×{config.ImageSize} ({ViTConfig.FileName}), but its processor makes {processor.Width}×{processor.Height} ({ImageProcessor.FileName}).");
        }

        return new PictureClassifier(Graph.Open(graph, processor, config.Labels.Count, options), config, processor, options);
    }

    /// <summary>A class's id.</summary>
    /// <exception cref="VisionException">There is no such class.</exception>
    internal int Id(string label)
    {
        for (var id = 0; id < Classes.Count; id++)
        {
            if (Classes[id] == label)
            {
                return id;
            }
        }

        throw new VisionException($"The model has no class '{label}'; its classes are {string.Join(", ", Classes)}.");
    }

    /// <summary>Logits <c>[count, classes]</c> of inputs <c>[count, Processor.Length]</c>.</summary>
    /// <exception cref="VisionException">The model does not run on so many at once.</exception>
    public float[] Logits(ReadOnlyMemory<float> inputs, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (inputs.Length != (long)count * Processor.Length)
        {
            throw new ArgumentException($"{count} inputs have {(long)count * Processor.Length} values, not {inputs.Length}.", nameof(inputs));
        }

        return count == 0 ? [] : _graph.Run(inputs, count);
    }

    /// <summary>Classifies pictures in one batch. Memory for it grows with the batch: hand over large sets in parts.</summary>
    /// <exception cref="VisionException">The model's answer is not a number, or it does not run on so many at once.</exception>
    public IReadOnlyList<Classification> Classify(IReadOnlyList<Raster> pictures)
    {
        var length = Processor.Length;
        var inputs = ArrayPool<float>.Shared.Rent(checked(pictures.Count * length));
        try
        {
            Parallel.For(0, pictures.Count, _parallel, i => Processor.Apply(pictures[i], inputs.AsSpan(i * length, length)));
            var logits = Logits(inputs.AsMemory(0, pictures.Count * length), pictures.Count);
            return [.. logits.Chunk(Classes.Count).Select(row => Answer(row))];
        }
        catch (AggregateException failure) when (failure.InnerException is VisionException inner)
        {
            throw new VisionException(inner.Message, failure);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(inputs);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    /// <summary>What the logits of one picture say.</summary>
    /// <param name="logits">One for each class, by id.</param>
    /// <exception cref="VisionException">A logit is not a finite number.</exception>
    public Classification Answer(ReadOnlySpan<float> logits)
    {
        var scores = Probabilities(logits);
        var best = TensorPrimitives.IndexOfMax<double>(scores);
        return new Classification(Classes[best], scores[best], scores);
    }

    /// <summary>The softmax.</summary>
    /// <exception cref="VisionException">A logit is not a finite number.</exception>
    internal static double[] Probabilities(ReadOnlySpan<float> logits)
    {
        var scores = new double[logits.Length];
        TensorPrimitives.ConvertChecked(logits, scores);
        if (!scores.All(double.IsFinite))
        {
            throw new VisionException("The model's answer is not a number: its weights are damaged, or were trained to nothing.");
        }

        // Without the largest an exponential overflows.
        TensorPrimitives.Subtract(scores, scores.Max(), scores);
        TensorPrimitives.Exp(scores, scores);
        TensorPrimitives.Divide(scores, TensorPrimitives.Sum<double>(scores), scores);
        return scores;
    }
}

/// <summary>What a classifier says of a picture.</summary>
/// <param name="Label">The likeliest class.</param>
/// <param name="Score">Its probability.</param>
/// <param name="Scores">The probability of each class, by id.</param>
public sealed record Classification(string Label, double Score, IReadOnlyList<double> Scores);
