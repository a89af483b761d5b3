using Dossier.Vision.Judging;

namespace Dossier.Vision.Tests.Judging;

/// <summary>What ClassificationMetrics promises beyond parity.</summary>
public sealed class MeasureTests
{
    [Fact]
    public void Auroc_is_the_share_of_pairs_in_the_right_order_with_ties_as_halves()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var predictions = Some.Predictions(random, random.Next(4, 40), 2);
            var scores = predictions.Targets.Select((_, at) => 1 / (1 + Math.Exp(predictions.Logits[2 * at] - (double)predictions.Logits[(2 * at) + 1]))).ToArray();
            var pairs = from one in Enumerable.Range(0, scores.Length)
                        from other in Enumerable.Range(0, scores.Length)
                        where predictions.Targets[one] == 1 && predictions.Targets[other] == 0
                        select scores[one] - scores[other] is var gap && Math.Abs(gap) < 1e-12 ? 0.5 : gap > 0 ? 1 : 0.0;
            var measured = ClassificationMetrics.Measure(predictions);
            if (pairs.Any())
            {
                Assert.Equal(pairs.Average(), measured["roc_auc"], 1e-12);
            }
            else
            {
                Assert.False(measured.ContainsKey("roc_auc"));
            }
        }
    }

    [Fact]
    public void Swapping_the_classes_names_keeps_every_measure_when_the_positive_class_moves_along()
    {
        var random = new Random(4);
        for (var round = 0; round < 50; round++)
        {
            var one = Some.Predictions(random, 30, 2);
            float[] swapped = [.. one.Logits.Select((_, at) => one.Logits[at ^ 1])];
            var other = Some.Predictions(2, [.. one.Targets.Select(target => 1 - target)], swapped);
            var (measured, again) = (ClassificationMetrics.Measure(one, threshold: 0.6), ClassificationMetrics.Measure(other, positive: 0, threshold: 0.6));
            Assert.All(measured, pair => Assert.Equal(pair.Value, again[pair.Key], 1e-12));
        }
    }

    [Fact]
    public void A_model_gone_astray_is_told_with_the_picture()
    {
        var error = Assert.Throws<VisionException>(() => ClassificationMetrics.Measure(Some.Predictions(2, [0, 1], [1, 2, float.NaN, 0])));
        Assert.Contains("'0001.png'", error.Message);
        Assert.Contains("learning rate", error.Message);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused_with_a_reason()
    {
        Assert.Contains("no predictions", Refused(Some.Predictions(2, [], [])));
        Assert.Contains("2 pictures", Refused(Some.Predictions(2, [0, 1], [1, 2, 3])));
        Assert.Contains("true class 2", Refused(Some.Predictions(2, [0, 2], [1, 2, 3, 4])));
        Assert.Contains("two classes", Refused(Some.Predictions(1, [0], [1])));
        Assert.Contains("0 to 1", Refused(Some.Predictions(2, [0], [1, 2]), positive: 2));
        Assert.Contains("threshold", Refused(Some.Predictions(3, [0], [1, 2, 3]), threshold: 0.5));
    }

    private static string Refused(Predictions predictions, int? positive = null, double? threshold = null) =>
        Assert.Throws<VisionException>(() => ClassificationMetrics.Measure(predictions, positive, threshold)).Message;
}
