namespace Dossier.Vision.Judging;

/// <summary>
/// Predictions made ready to be measured many times, each time with other counts of its pictures: what the bootstrap does thousands of times.
/// A measurement is one walk over the pictures in the order of each class's score.
/// </summary>
internal sealed class MetricSample
{
    /// <summary>The names of the values, in their order.</summary>
    public static readonly IReadOnlyList<string> Names = ["accuracy", "precision", "recall", "f1", "roc_auc", "log_loss"];

    private const double Epsilon = 2.220446049250313e-16;

    private readonly Probabilities _probabilities;
    private readonly int[] _predicted;
    private readonly double[] _losses;
    private readonly RankedScores[] _ranked;
    private readonly int _positive;

    public MetricSample(Predictions predictions, int? positive, double? threshold)
    {
        _probabilities = new(predictions);
        _positive = _probabilities.Positive(positive);
        if (threshold is not null && Classes > 2)
        {
            throw new VisionException($"A threshold decides between two classes; these predictions have {Classes}.");
        }

        _predicted = [.. Enumerable.Range(0, Count).Select(picture => Predict(picture, threshold))];
        _losses = [.. Enumerable.Range(0, Count).Select(Loss)];
        var scored = Classes == 2 ? [_positive] : Enumerable.Range(0, Classes);
        _ranked = [.. scored.Select(id => new RankedScores(_probabilities, id))];
    }

    public int Count => _probabilities.Count;

    public int Classes => _probabilities.Classes;

    public int[] Targets => _probabilities.Targets;

    /// <summary>Measures every picture once.</summary>
    public double[] Measure()
    {
        var counts = new int[Count];
        Array.Fill(counts, 1);
        var values = new double[Names.Count];
        Measure(counts, values);
        return values;
    }

    /// <summary>Measures each picture as often as <paramref name="counts"/> says; NaN where a measure is not defined.</summary>
    public void Measure(ReadOnlySpan<int> counts, Span<double> values)
    {
        var confusion = new ConfusionCounts(Classes);
        var loss = 0.0;
        for (var picture = 0; picture < counts.Length; picture++)
        {
            confusion.Add(Targets[picture], _predicted[picture], counts[picture]);
            loss += counts[picture] * _losses[picture];
        }

        values[0] = confusion.Accuracy;
        (values[1], values[2], values[3]) = Classes == 2 ? confusion.Of(_positive) : confusion.Macro();
        values[4] = Auroc(counts);
        values[5] = loss / confusion.Total;
    }

    /// <summary>Values under their names, without those that are not defined.</summary>
    public static IReadOnlyDictionary<string, double> Name(IReadOnlyList<double> values) =>
        Names.Index().Where(name => !double.IsNaN(values[name.Index])).ToDictionary(name => name.Item, name => values[name.Index]);

    private double Auroc(ReadOnlySpan<int> counts)
    {
        var sum = 0.0;
        foreach (var ranked in _ranked)
        {
            sum += ranked.Auroc(counts);
        }

        return sum / _ranked.Length;
    }

    private int Predict(int picture, double? threshold) =>
        threshold is null ? _probabilities.Likeliest(picture)
        : _probabilities[picture, _positive] >= threshold ? _positive
        : 1 - _positive;

    private double Loss(int picture)
    {
        var sum = 0.0;
        for (var id = 0; id < Classes; id++)
        {
            sum += Clip(_probabilities[picture, id]);
        }

        return -Math.Log(Clip(_probabilities[picture, Targets[picture]]) / sum);
    }

    private static double Clip(double probability) => Math.Clamp(probability, Epsilon, 1 - Epsilon);
}
