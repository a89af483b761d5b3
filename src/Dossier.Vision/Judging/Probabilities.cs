namespace Dossier.Vision.Judging;

/// <summary>The softmax of predictions, in doubles, and the classes that follow from it.</summary>
internal sealed class Probabilities
{
    private readonly double[] _values;

    /// <summary>Checks the predictions and takes their softmax.</summary>
    /// <exception cref="VisionException">As <see cref="ClassificationMetrics.Measure"/>.</exception>
    public Probabilities(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        Classes = predictions.Classes.Count;
        Targets = [.. predictions.Targets];
        Check(predictions);
        _values = new double[predictions.Logits.Length];
        for (var picture = 0; picture < Targets.Length; picture++)
        {
            Softmax(predictions.Logits.AsSpan(picture * Classes, Classes), _values.AsSpan(picture * Classes, Classes));
        }
    }

    public int Classes { get; }

    public int[] Targets { get; }

    public int Count => Targets.Length;

    /// <summary>The probability of a class.</summary>
    public double this[int picture, int id] => _values[(picture * Classes) + id];

    /// <summary>The likeliest class of a picture; the first of several.</summary>
    public int Likeliest(int picture)
    {
        var best = 0;
        for (var id = 1; id < Classes; id++)
        {
            best = this[picture, id] > this[picture, best] ? id : best;
        }

        return best;
    }

    /// <summary>The class that counts as positive: the one asked for, else the last.</summary>
    public int Positive(int? asked) => asked is null ? Classes - 1
        : asked >= 0 && asked < Classes ? asked.Value
        : throw new VisionException($"The positive class must be one of the ids 0 to {Classes - 1}, not {asked}.");

    private static void Check(Predictions predictions)
    {
        var (classes, pictures) = (predictions.Classes.Count, predictions.Targets.Count);
        if (pictures == 0)
        {
            throw new VisionException("There are no predictions to measure.");
        }

        if (classes < 2)
        {
            throw new VisionException("Predictions need at least two classes.");
        }

        if (predictions.Logits.LongLength != (long)pictures * classes || predictions.Pictures.Count != pictures)
        {
            throw new VisionException(
                $"The predictions do not fit together: {predictions.Pictures.Count} pictures, {pictures} true classes, {classes} classes, {predictions.Logits.Length} logits.");
        }

        if (predictions.Targets.FirstOrDefault(target => target < 0 || target >= classes, -1) is var strange and not -1)
        {
            throw new VisionException($"The true class {strange} is out of range: there are {classes} classes.");
        }

        var broken = Array.FindIndex(predictions.Logits, logit => !float.IsFinite(logit));
        if (broken >= 0)
        {
            throw new VisionException(
                $"The model's answer to '{predictions.Pictures[broken / classes].Name}' is not a number: its training went astray. A smaller learning rate or clipped gradients help.");
        }
    }

    private static void Softmax(ReadOnlySpan<float> logits, Span<double> probabilities)
    {
        double highest = logits[0];
        foreach (var logit in logits)
        {
            highest = Math.Max(highest, logit);
        }

        var sum = 0.0;
        for (var id = 0; id < logits.Length; id++)
        {
            sum += probabilities[id] = Math.Exp(logits[id] - highest);
        }

        for (var id = 0; id < logits.Length; id++)
        {
            probabilities[id] /= sum;
        }
    }
}
