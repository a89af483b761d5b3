using Dossier.Vision.Judging;

namespace Dossier.Vision.Tests.Judging;

/// <summary>Intervals come from pictures drawn again within their class.</summary>
public sealed class BootstrapTests
{
    [Fact]
    public void Intervals_are_those_of_measuring_each_drawn_set_by_itself()
    {
        var random = new Random(5);
        for (var round = 0; round < 5; round++)
        {
            var predictions = Some.Predictions(random, 40, 2 + (round % 2));
            var classes = predictions.Classes.Count;
            var draw = new Random(round);
            var strata = Enumerable.Range(0, 40).GroupBy(at => predictions.Targets[at]).Select(group => group.ToList()).ToList();
            var measured = Enumerable.Range(0, 60).Select(_ =>
            {
                var drawn = strata.SelectMany(stratum => Enumerable.Range(0, stratum.Count).Select(_ => stratum[draw.Next(stratum.Count)]).ToList()).ToList();
                return ClassificationMetrics.Measure(new(
                    predictions.Classes,
                    [.. drawn.Select(at => predictions.Pictures[at])],
                    [.. drawn.Select(at => predictions.Targets[at])],
                    [.. drawn.SelectMany(at => predictions.Logits.Skip(at * classes).Take(classes))]));
            }).ToList();

            var intervals = Bootstrap.Intervals(predictions, resamples: 60, seed: round);
            Assert.Equal(measured[0].Keys, intervals.Keys);
            Assert.All(intervals, interval =>
            {
                var sorted = measured.Select(values => values[interval.Key]).Order().ToList();
                Assert.Equal(At(sorted, 0.025), interval.Value.Low, 1e-9);
                Assert.Equal(At(sorted, 0.975), interval.Value.High, 1e-9);
            });
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_intervals_and_another_others()
    {
        var predictions = Some.Predictions(new Random(1), 80, 2);
        Assert.Equal(Bootstrap.Intervals(predictions, seed: 1, resamples: 100), Bootstrap.Intervals(predictions, seed: 1, resamples: 100));
        Assert.NotEqual(Bootstrap.Intervals(predictions, seed: 1, resamples: 100)["log_loss"], Bootstrap.Intervals(predictions, seed: 2, resamples: 100)["log_loss"]);
    }

    [Fact]
    public void About_95_of_100_intervals_hold_the_true_value()
    {
        // Pictures are right by a coin that falls so in 8 of 10 cases.
        var random = new Random(8);
        var held = Enumerable.Range(0, 200).Count(_ =>
        {
            var targets = Enumerable.Range(0, 150).Select(at => at % 2).ToArray();
            var logits = targets.SelectMany(target => random.NextDouble() < 0.8 == (target == 1) ? new[] { 0f, 1f } : [1f, 0f]).ToArray();
            var interval = Bootstrap.Intervals(Some.Predictions(2, targets, logits), resamples: 200, seed: 1)["accuracy"];
            return interval.Low <= 0.8 && interval.High >= 0.8;
        });
        Assert.InRange(held, 180, 199);
    }

    [Fact]
    public void What_is_not_defined_has_no_interval() =>
        Assert.DoesNotContain("roc_auc", Bootstrap.Intervals(Some.Predictions(2, [1, 1, 1], [1, 2, 2, 1, 0, 5]), resamples: 10).Keys);

    private static double At(List<double> sorted, double share)
    {
        var rank = share * (sorted.Count - 1);
        return sorted[(int)Math.Floor(rank)] + ((rank - Math.Floor(rank)) * (sorted[(int)Math.Ceiling(rank)] - sorted[(int)Math.Floor(rank)]));
    }
}
