using Dossier.Vision.Pictures;

namespace Dossier.Vision.Inference;

/// <summary>
/// A trained classifier on ONNX Runtime: no torch is loaded. Opens an MLflow Model with an <c>onnx</c> flavor; where it has only a <c>transformers</c>
/// flavor (logged from Python), the graph is made from its weights. Safe for many threads.
/// </summary>
public sealed class PictureClassifier : IDisposable
{
    private PictureClassifier()
    {
    }

    /// <summary>Class names; a name's place is its id.</summary>
    public IReadOnlyList<string> Classes => throw new NotImplementedException();

    /// <summary>Makes inputs of pictures.</summary>
    public ImageProcessor Processor => throw new NotImplementedException();

    /// <summary>Opens a model's folder, the one with the <c>MLmodel</c> file.</summary>
    /// <exception cref="VisionException">Not such a model.</exception>
    public static PictureClassifier Open(string modelFolder, ClassifierOptions? options = null) => throw new NotImplementedException();

    /// <summary>Logits <c>[count, classes]</c> of inputs <c>[count, Processor.Length]</c>.</summary>
    public float[] Logits(ReadOnlyMemory<float> inputs, int count) => throw new NotImplementedException();

    /// <summary>Classifies pictures in one batch.</summary>
    public IReadOnlyList<Classification> Classify(IReadOnlyList<Raster> pictures) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}

/// <summary>What a classifier says of a picture.</summary>
/// <param name="Label">The likeliest class.</param>
/// <param name="Score">Its probability.</param>
/// <param name="Scores">The probability of each class, by id.</param>
public sealed record Classification(string Label, double Score, IReadOnlyList<double> Scores);
