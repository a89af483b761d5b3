using System.Globalization;
using Dossier.Protocol;

namespace Dossier.Cli.Demo;

/// <summary>
/// Histories of the demo's metrics. The record keeps only each metric's last point. The points before it are MADE UP here: curves of
/// the shape that such a training has, computed from the recorded last points and params, and ending in exactly the recorded points.
/// </summary>
internal sealed class MetricHistories
{
    private readonly DemoRecord _record;
    private readonly Dictionary<string, string> _hyperparameters;
    private readonly double _epochs;

    /// <summary>Histories for this record.</summary>
    public MetricHistories(DemoRecord record)
    {
        _record = record;
        _hyperparameters = record.Params.ToDictionary(param => param.Key, param => param.Value);
        _epochs = record.LastPoints.Single(point => point.Key == "epoch").Value;
    }

    /// <summary>All points of all metrics, those of a metric in the order of their steps.</summary>
    public IReadOnlyList<Metric> Points() => [.. _record.LastPoints.SelectMany(History)];

    private IEnumerable<Metric> History(Metric last) => last.Key switch
    {
        "epoch" => Curve(last, EachEpoch(last), (_, at) => at * _epochs),
        "eval_f1" => Curve(last, EachEpoch(last), (step, at) => last.Value - (0.08 * Fading(at)) - (0.004 * Math.Abs(Wobble(step, at)))),
        "eval_loss" => Curve(last, EachEpoch(last), (step, at) => last.Value + (0.15 * Fading(at)) + (0.003 * Math.Abs(Wobble(step, at)))),
        "eval_runtime" => Curve(last, EachEpoch(last), (step, at) => last.Value * (1 + (0.02 * Wobble(step, at)))),
        "eval_samples_per_second" or "eval_steps_per_second" =>
            Curve(last, EachEpoch(last), (step, at) => last.Value / (1 + (0.02 * Wobble(step, at)))),
        "learning_rate" => Curve(last, EachLogging(last), (step, _) => LearningRate(step, last.Step)),
        "loss" => Curve(last, EachLogging(last), (step, at) => last.Value + (0.6 * Fading(2.5 * at) * (1 + (0.4 * Wobble(step, at))))),

        // Totals, which a trainer logs once, at its end.
        _ => [last],
    };

    private IEnumerable<Metric> Curve(Metric last, IEnumerable<long> steps, Func<long, double, double> value)
    {
        foreach (var step in steps)
        {
            var at = (double)step / last.Step;
            yield return last with
            {
                Step = step,
                Value = value(step, at),
                Timestamp = _record.StartTime + (long)(at * (last.Timestamp - _record.StartTime)),
            };
        }

        yield return last;
    }

    private IEnumerable<long> EachEpoch(Metric last) =>
        Enumerable.Range(1, (int)_epochs - 1).Select(epoch => (long)(last.Step * epoch / _epochs));

    private IEnumerable<long> EachLogging(Metric last)
    {
        var interval = (long)Hyperparameter("logging_steps");
        for (var step = interval; step < last.Step; step += interval)
        {
            yield return step;
        }
    }

    // Linear up over the warm-up, then linear down to nothing at the last planned epoch: what the params say was done.
    private double LearningRate(long step, long lastStep)
    {
        var planned = lastStep / _epochs * Hyperparameter("num_train_epochs");
        var warmUp = planned * Hyperparameter("warmup_ratio");
        return Hyperparameter("learning_rate") * (step < warmUp ? step / warmUp : (planned - step) / (planned - warmUp));
    }

    private double Hyperparameter(string key) => double.Parse(_hyperparameters[key], CultureInfo.InvariantCulture);

    // From 1 at the start down to about nothing at the end.
    private static double Fading(double at) => Math.Exp(-6 * at);

    // Up and down, less and less.
    private static double Wobble(long step, double at) => Math.Sin(1.7 * step) * (1 - at);
}
