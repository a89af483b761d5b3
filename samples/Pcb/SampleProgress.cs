using System.Globalization;
using Dossier.CommandLine.Output;
using Dossier.Vision.Jobs;
using Dossier.Vision.Training;

namespace Dossier.Samples.Pcb;

/// <summary>Shows what a training job reports.</summary>
/// <param name="line">Where.</param>
internal sealed class SampleProgress(ProgressLine line) : IProgress<JobEvent>
{
    private long _steps;

    /// <inheritdoc/>
    public void Report(JobEvent value)
    {
        switch (value)
        {
            case DataRead read:
                line.Say($"Read {ProgressText.Pictures(read.Set.Pictures.Count)} of {string.Join(" and ", read.Set.Classes)}.");
                break;
            case DataSplit { Splits: var splits, Leakage: var leakage }:
                line.Say(leakage.Finding
                    ?? Invariant($"Split into {splits.Train.Count} for training, {splits.Validation.Count} for validation and {splits.Test.Count} for the test; no picture is in two of them."));
                break;
            case RunBegun run:
                line.Say($"Run {run.RunId} in experiment {run.ExperimentId}.");
                break;
            case TrainingTold { What: TrainingStarted started }:
                _steps = started.MaxSteps;
                line.Say(Invariant($"Training: {started.MaxSteps:n0} steps, {started.StepsPerEpoch:n0} an epoch."));
                break;
            case TrainingTold { What: StepDone step }:
                line.Show(withBar => Invariant($"Training {ProgressText.Share((double)step.Step / _steps, withBar)}, epoch {step.Epoch:0.0}, loss {step.Loss:0.0000}"));
                break;
            case TrainingTold { What: MetricsLogged { Values: var values } } when values.TryGetValue("eval_loss", out var loss):
                line.Say(Invariant($"Epoch {values.GetValueOrDefault("epoch"):0.##}: eval_loss {loss:0.####}, eval_f1 {values.GetValueOrDefault("eval_f1"):0.####}"));
                break;
            case ModelRegistered { Version: var version }:
                line.Say($"Registered the model as models:/{version.Name}/{version.Version}.");
                break;
            case PromotionDecided { Promotion: var promotion }:
                line.Say(promotion.Why);
                break;
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
