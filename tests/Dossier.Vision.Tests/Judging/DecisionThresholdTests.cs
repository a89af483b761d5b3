using Dossier.Vision.Judging;

namespace Dossier.Vision.Tests.Judging;

/// <summary>The threshold is chosen for the highest F1.</summary>
public sealed class DecisionThresholdTests
{
    [Fact]
    public void No_threshold_has_a_higher_F1_and_none_as_good_between_two_scores_is_nearer_to_a_half()
    {
        var random = new Random(6);
        for (var round = 0; round < 300; round++)
        {
            var predictions = Some.Predictions(random, random.Next(1, 25), 2);
            var positive = random.Next(2);
            var chosen = DecisionThreshold.Choose(predictions, positive);
            if (!predictions.Targets.Contains(positive))
            {
                Assert.Equal(0.5, chosen);
                continue;
            }

            var scores = predictions.Targets.Select((_, at) => Score(predictions, at, positive)).Append(0).Distinct().Order().ToList();
            var middles = scores.Zip(scores.Skip(1), (low, high) => low + ((high - low) / 2)).ToList();
            var best = middles.Max(F1);
            Assert.Equal(best, F1(chosen), 1e-12);
            Assert.Equal(middles.Where(middle => F1(middle) >= best - 1e-12).Min(middle => Math.Abs(middle - 0.5)), Math.Abs(chosen - 0.5), 1e-9);

            double F1(double threshold) => ClassificationMetrics.Measure(predictions, positive, threshold)["f1"];
        }
    }

    [Fact]
    public void Between_well_parted_classes_it_lies_in_the_middle_of_the_gap()
    {
        // Probabilities 0.1, 0.2 and 0.9, 0.6 of being damaged.
        var logits = new[] { 0.1, 0.2, 0.9, 0.6 }.SelectMany(p => new[] { 0f, (float)Math.Log(p / (1 - p)) }).ToArray();
        Assert.Equal(0.4, DecisionThreshold.Choose(Some.Predictions(2, [0, 0, 1, 1], logits)), 1e-6);
    }

    [Fact]
    public void More_than_two_classes_have_none() =>
        Assert.Contains("two classes", Assert.Throws<VisionException>(() => DecisionThreshold.Choose(Some.Predictions(3, [0], [1, 2, 3]))).Message);

    private static double Score(Predictions predictions, int at, int positive) =>
        1 / (1 + Math.Exp(predictions.Logits[(2 * at) + 1 - positive] - (double)predictions.Logits[(2 * at) + positive]));
}
