using Dossier.Vision.Judging;

namespace Dossier.Vision.Tests.Judging;

/// <summary>What a judgement says beside measures.</summary>
public sealed class JudgementTests
{
    private static readonly Predictions Five = Some.Predictions(2, [0, 0, 1, 1, 1], [2, 0, 0, 3, 0, 1, 1, 0, 4, 0]);

    [Fact]
    public void The_worst_mistakes_are_those_it_was_surest_of()
    {
        var worst = Mistake.Worst(Five, 2);
        Assert.Equal(["0004.png", "0001.png"], worst.Select(mistake => mistake.Picture.Name));
        Assert.Equal(("damaged", "normal"), (worst[0].True, worst[0].Said));
        Assert.Equal(1 / (1 + Math.Exp(-4)), worst[0].Probability, 1e-9);
        Assert.Equal(3, Mistake.Worst(Five, 10).Count);
    }

    [Fact]
    public void It_measures_with_the_likelier_class_and_again_at_the_threshold()
    {
        var judgement = Judgement.Of(Five, threshold: 0.2, resamples: 50);
        Assert.Equal(2.0 / 5, judgement.Metrics["accuracy"]);
        Assert.Equal(3.0 / 5, judgement.AtThreshold["accuracy"]);
        Assert.Equal([1, 1], judgement.Confusion[0]);
        Assert.Equal([2, 1], judgement.Confusion[1]);
        Assert.Equal(1, judgement.Positive);
        Assert.All(judgement.Metrics, metric => Assert.InRange(metric.Value, judgement.Intervals[metric.Key].Low - 1e-9, judgement.Intervals[metric.Key].High + 1e-9));
    }

    [Fact]
    public void The_expected_calibration_error_is_the_mean_gap()
    {
        // Ten pictures at 0.75, of which 6 are damaged; ten at 0.25, of which 5 are.
        var logits = Enumerable.Range(0, 20).SelectMany(at => new[] { 0f, (at < 10 ? 1 : -1) * MathF.Log(3) }).ToArray();
        var targets = Enumerable.Range(0, 20).Select(at => at < 6 || at >= 15 ? 1 : 0).ToArray();
        var calibration = Calibration.Of(Some.Predictions(2, targets, logits));
        Assert.Equal([(0.2, 10, 0.5), (0.7, 10, 0.6)], calibration.Bins.Select(bin => (bin.From, bin.Count, bin.Share)));
        Assert.Equal(((0.25 * 10) + (0.15 * 10)) / 20, calibration.ExpectedError, 1e-6);
    }

    [Fact]
    public void Of_many_classes_calibration_asks_whether_the_predicted_one_is_right()
    {
        var calibration = Calibration.Of(Some.Predictions(3, [0, 1], [9, 0, 0, 0, 0, 9]));
        Assert.Equal(0.5, Assert.Single(calibration.Bins).Share);
    }
}
