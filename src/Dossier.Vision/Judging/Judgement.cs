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
