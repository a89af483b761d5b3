using System.Globalization;

namespace Dossier.Vision.Judging.Figures;

/// <summary>A judgement in pictures, as SVG.</summary>
public static class JudgementFigures
{
    private static readonly string[] Palette = [Svg.Blue, Svg.Orange, "#0d9488", "#9333ea", "#be123c", "#65a30d", "#0369a1", "#a16207"];

    /// <summary>The ROC curve; for more than two classes, each class against the rest. The dot is the chosen threshold.</summary>
    /// <param name="judgement">The judgement.</param>
    /// <param name="part">What was judged, e.g. <c>test</c>.</param>
    public static string Roc(Judgement judgement, string part)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        var plot = new Plot($"ROC curve, {part}", Axis.Share("False positive rate"), Axis.Share("True positive rate"));
        plot.Svg.Line(plot.X(0), plot.Y(0), plot.X(1), plot.Y(1), Svg.Soft, 1, "4 4");
        var many = judgement.Classes.Count > 2;
        foreach (var id in Ids(judgement))
        {
            plot.Curve(Curves.Roc(judgement.Predictions, id), Color(judgement, id));
            var auroc = many ? null : judgement.Metrics.TryGetValue("roc_auc", out var value) ? $", AUROC {Short(value)}" : null;
            plot.Legend(judgement.Classes[id].Name + auroc, Color(judgement, id), atLeastY: plot.Y(0.42));
        }

        Operating(plot, judgement, (hits, falses, actual, others) => others == 0 ? null : new((double)falses / others, (double)hits / actual));
        return plot.Svg.ToString();
    }

    /// <summary>Precision by recall; for more than two classes, of each. The dot is the chosen threshold, the dashes what guessing reaches.</summary>
    /// <inheritdoc cref="Roc" path="/param"/>
    public static string PrecisionRecall(Judgement judgement, string part)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        var plot = new Plot($"Precision and recall, {part}", Axis.Share("Recall"), Axis.Share("Precision"));
        if (judgement.Classes.Count == 2)
        {
            var share = (double)judgement.Classes[judgement.Positive].Support / judgement.Predictions.Targets.Count;
            plot.Svg.Line(plot.X(0), plot.Y(share), plot.X(1), plot.Y(share), Svg.Soft, 1, "4 4");
        }

        foreach (var id in Ids(judgement))
        {
            var points = Curves.PrecisionRecall(judgement.Predictions, id);
            plot.Curve(Stairs(points), Color(judgement, id));
            var average = Curves.AveragePrecision(judgement.Predictions, id);
            plot.Legend($"{judgement.Classes[id].Name}, AP {(double.IsNaN(average) ? "–" : Short(average))}", Color(judgement, id), atRight: false, atLeastY: plot.Y(0.42));
        }

        Operating(plot, judgement, (hits, falses, actual, _) => hits + falses == 0 ? null : new((double)hits / actual, (double)hits / (hits + falses)));
        return plot.Svg.ToString();
    }

    /// <summary>The reliability diagram: the share that is true by the probability that was said; bars show how many pictures a dot stands for.</summary>
    /// <inheritdoc cref="Roc" path="/param"/>
    public static string Reliability(Judgement judgement, string part)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        var two = judgement.Classes.Count == 2;
        var calibration = judgement.Calibration;
        var plot = new Plot(
            $"Reliability, {part}: expected calibration error {Short(calibration.ExpectedError)}",
            Axis.Share(two ? $"Probability of ‘{judgement.Classes[judgement.Positive].Name}’" : "Probability of the predicted class"),
            Axis.Share(two ? "Share that is" : "Share that is right"));
        var most = calibration.Bins.Max(bin => bin.Count);
        foreach (var bin in calibration.Bins)
        {
            plot.Bar(bin.From, bin.To, 0.25 * bin.Count / most, Svg.Blue, 0.14);
        }

        plot.Svg.Line(plot.X(0), plot.Y(0), plot.X(1), plot.Y(1), Svg.Soft, 1, "4 4");
        var points = calibration.Bins.Select(bin => new CurvePoint(bin.MeanProbability, bin.Share)).ToList();
        plot.Curve(points, Svg.Blue);
        foreach (var (point, bin) in points.Zip(calibration.Bins))
        {
            plot.Dot(point, Svg.Blue);
            var isHigh = point.Y > 0.9;
            plot.Svg.Text(
                plot.X(point.X) + (point.X > 0.9 ? -9 : 9), plot.Y(point.Y) + (isHigh ? 18 : -8), bin.Count.ToString(CultureInfo.InvariantCulture), 11,
                point.X > 0.9 ? "end" : "start", Svg.Soft);
        }

        return plot.Svg.ToString();
    }

    private static IEnumerable<int> Ids(Judgement judgement) =>
        judgement.Classes.Count == 2 ? [judgement.Positive] : Enumerable.Range(0, Math.Min(judgement.Classes.Count, Palette.Length));

    private static string Color(Judgement judgement, int id) => judgement.Classes.Count == 2 ? Svg.Blue : Palette[id];

    private static void Operating(Plot plot, Judgement judgement, Func<int, int, int, int, CurvePoint?> place)
    {
        if (judgement.Threshold is not { } threshold || judgement.Classes[judgement.Positive].Support is not (> 0 and var actual))
        {
            return;
        }

        var probabilities = new Probabilities(judgement.Predictions);
        var said = Enumerable.Range(0, probabilities.Count).Where(picture => probabilities[picture, judgement.Positive] >= threshold).ToList();
        var hits = said.Count(picture => probabilities.Targets[picture] == judgement.Positive);
        if (place(hits, said.Count - hits, actual, probabilities.Count - actual) is { } point)
        {
            plot.Dot(point, Svg.Orange, 6);
            plot.Legend($"threshold {Short(threshold)}", Svg.Orange, atRight: plot.X(point.X) < 400);
        }
    }

    // Between two thresholds there is nothing: precision steps.
    private static IEnumerable<CurvePoint> Stairs(IReadOnlyList<CurvePoint> points) =>
        points.SelectMany((point, at) => at == 0 ? [new CurvePoint(0, point.Y), point] : new[] { new CurvePoint(points[at - 1].X, point.Y), point });

    private static string Short(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
