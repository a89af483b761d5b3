using System.Globalization;
using Dossier.CommandLine.Output;
using Dossier.Vision.Data;
using Dossier.Vision.Jobs;
using Dossier.Vision.Model;
using Dossier.Vision.Training;

namespace Dossier.Vision.Cli.Output;

/// <summary>Tells on standard error what a training job does.</summary>
/// <param name="line">Where.</param>
/// <param name="time">Says how fast it goes.</param>
internal sealed class JobProgress(ProgressLine line, TimeProvider time) : IProgress<JobEvent>
{
    private readonly CountProgress _reading = new(line, time, "Reading");
    private TrainingStarted? _plan;
    private long _begun;
    private long _samples;

    /// <inheritdoc/>
    public void Report(JobEvent value)
    {
        switch (value)
        {
            case DataReading reading:
                _reading.Report((reading.Done, reading.Total));
                break;
            case DataRead read:
                line.Say(Invariant($"Read {ProgressText.Pictures(read.Set.Pictures.Count)} of {read.Set.Name} (digest {read.Set.Digest}): {Counts(read.Set.Classes, read.Set.Pictures)}."));
                if (read.Set.Skipped is [var first, ..])
                {
                    line.Say(Invariant($"Skipped {read.Set.Skipped.Count:n0}: {first.Name}: {first.Why}") + (read.Set.Skipped.Count > 1 ? " …" : ""));
                }

                break;
            case DataSplit split:
                Say(split);
                break;
            case ModelReady model:
                line.Say($"The model: {Shape(model.Config)}");
                break;
            case RunBegun run:
                line.Say($"Run {run.RunId} in experiment {run.ExperimentId}.");
                break;
            case TrainingTold training:
                Report(training.What);
                break;
            case ModelLogged model:
                line.Say($"Logged the model as {model.ModelUri}.");
                break;
            case ModelRegistered registered:
                line.Say($"Registered it as models:/{registered.Version.Name}/{registered.Version.Version}.");
                break;
            case PromotionDecided decided:
                line.Say(decided.Promotion.Why);
                break;
        }
    }

    private void Say(DataSplit split)
    {
        var classes = split.Splits.Set.Classes;
        line.Say($"Split by {split.Splits.Method.ToString().ToLowerInvariant()}: train {Counts(classes, split.Splits.Train)}; "
            + $"validation {Counts(classes, split.Splits.Validation)}; test {Counts(classes, split.Splits.Test)}.");
        line.Say(split.Leakage.Finding is { } finding ? "LEAKAGE: " + finding : "No picture is in more than one part.");
    }

    private void Report(TrainingEvent what)
    {
        switch (what)
        {
            case TrainingStarted started:
                (_plan, _begun, _samples) = (started, time.GetTimestamp(), 0);
                line.Say(started.FirstStep > 0
                    ? Invariant($"Training resumes at step {started.FirstStep:n0} of {started.MaxSteps:n0}.")
                    : Invariant($"Training: {started.MaxSteps:n0} steps, {started.StepsPerEpoch:n0} an epoch."));
                break;
            case StepDone step when _plan is { } plan:
                _samples += step.Samples;
                line.Show(withBar => Line(plan, step, withBar));
                break;
            case MetricsLogged { Values: var values } logged when values.Keys.Any(key => key.StartsWith("eval_", StringComparison.Ordinal)):
                line.Say(Invariant($"Epoch {values.GetValueOrDefault("epoch"):0.##}, step {logged.Step:n0}: ") + string.Join(", ",
                    values.Where(value => value.Key is "eval_loss" or "eval_f1" or "eval_accuracy").Select(value => Invariant($"{value.Key} {value.Value:0.####}"))));
                break;
        }
    }

    private string Line(TrainingStarted plan, StepDone step, bool withBar)
    {
        var elapsed = time.GetElapsedTime(_begun);
        var share = (double)step.Step / plan.MaxSteps;
        var sinceBegun = (double)(step.Step - plan.FirstStep) / Math.Max(1, plan.MaxSteps - plan.FirstStep);
        return Invariant($"Training {ProgressText.Share(share, withBar)}{ProgressText.Left(sinceBegun, elapsed)}, epoch {step.Epoch:0.0}, loss {step.Loss:0.0000}, ")
            + Invariant($"{_samples / Math.Max(elapsed.TotalSeconds, 1e-3):0} pictures/s, rate {step.LearningRate:g3}");
    }

    private static string Shape(ViTConfig config) => Invariant(
        $"{config.NumHiddenLayers} layers, {config.NumAttentionHeads} heads, width {config.HiddenSize}, pictures of {config.ImageSize} × {config.ImageSize} in patches of {config.PatchSize}.");

    private static string Counts(IReadOnlyList<string> classes, IReadOnlyList<Picture> pictures) =>
        string.Join(", ", classes.Select(name => Invariant($"{pictures.Count(picture => picture.Label == name):n0} {name}")));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
