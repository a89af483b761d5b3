namespace Dossier.Vision.Judging;

/// <summary>All that is said of a model's predictions on one part of the data.</summary>
public sealed record Judgement
{
    /// <summary>The predictions.</summary>
    public required Predictions Predictions { get; init; }

    /// <summary>Id of the positive class.</summary>
    public required int Positive { get; init; }

    /// <summary>What <see cref="ClassificationMetrics.Measure"/> says of the likelier class.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The 95 % interval of each metric.</summary>
    public required IReadOnlyDictionary<string, Interval> Intervals { get; init; }

    /// <summary>The threshold of the positive class's probability, chosen on other data; null for more than two classes.</summary>
    public required double? Threshold { get; init; }

    /// <summary>What <see cref="ClassificationMetrics.Measure"/> says at <see cref="Threshold"/>; empty without one.</summary>
    public required IReadOnlyDictionary<string, double> AtThreshold { get; init; }

    /// <summary>Pictures by true class (outer) and predicted class (inner).</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>Precision, recall and F1 of every class, by id.</summary>
    public required IReadOnlyList<ClassMeasures> Classes { get; init; }

    /// <summary>Whether the probabilities are to be believed.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>Judges predictions.</summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="positive">Id of the positive class; the last by default.</param>
    /// <param name="threshold">For two classes: chosen on other data, by <see cref="DecisionThreshold.Choose"/>.</param>
    /// <param name="resamples">Of the <see cref="Bootstrap"/>.</param>
    /// <param name="seed">Of the <see cref="Bootstrap"/>.</param>
    /// <exception cref="VisionException">As <see cref="ClassificationMetrics.Measure"/>.</exception>
    public static Judgement Of(Predictions predictions, int? positive = null, double? threshold = null, int resamples = 2000, int seed = 42)
    {
        var probabilities = new Probabilities(predictions);
        var confusion = new ConfusionCounts(probabilities.Classes);
        for (var picture = 0; picture < probabilities.Count; picture++)
        {
            confusion.Add(probabilities.Targets[picture], probabilities.Likeliest(picture), 1);
        }

        var ids = Enumerable.Range(0, probabilities.Classes).ToList();
        return new()
        {
            Predictions = predictions,
            Positive = probabilities.Positive(positive),
            Metrics = ClassificationMetrics.Measure(predictions, positive),
            Intervals = Bootstrap.Intervals(predictions, positive, null, resamples, seed),
            Threshold = threshold,
            AtThreshold = threshold is null ? new Dictionary<string, double>() : ClassificationMetrics.Measure(predictions, positive, threshold),
            Confusion = [.. ids.Select(target => (IReadOnlyList<int>)[.. ids.Select(predicted => (int)confusion[target, predicted])])],
            Classes = [.. ids.Select(id => Measures(predictions.Classes[id], confusion.Of(id), (int)confusion.Actual(id)))],
            Calibration = Calibration.Of(predictions, positive),
        };
    }

    private static ClassMeasures Measures(string name, (double Precision, double Recall, double F1) of, int support) =>
        new(name, of.Precision, of.Recall, of.F1, support);
}

/// <summary>From where to where a value may lie.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Interval(double Low, double High);

/// <summary>What is measured of one class against the rest.</summary>
/// <param name="Name">The class.</param>
/// <param name="Precision">The share of what was predicted that is right.</param>
/// <param name="Recall">The share of what is there that was found.</param>
/// <param name="F1">Their harmonic mean.</param>
/// <param name="Support">Pictures of the class.</param>
public sealed record ClassMeasures(string Name, double Precision, double Recall, double F1, int Support);
