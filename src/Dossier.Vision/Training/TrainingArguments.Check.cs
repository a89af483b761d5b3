using System.Globalization;

namespace Dossier.Vision.Training;

public sealed partial record TrainingArguments
{
    private static readonly string[] Measures = ["loss", "accuracy", "precision", "recall", "f1", "roc_auc", "log_loss"];

    /// <summary>What is wrong with the values: a sentence for each fault, with the argument's name and what would be right; empty if nothing is.</summary>
    public IReadOnlyList<string> Check()
    {
        List<string> faults = [];
        void Need(bool holds, string name, object? value, string right)
        {
            if (!holds)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value ?? "missing"}: it must be {right}."));
            }
        }

        Need(!string.IsNullOrWhiteSpace(OutputDir), "output_dir", "empty", "a folder's path");
        Need(PerDeviceTrainBatchSize is > 0 and <= 65536, "per_device_train_batch_size", PerDeviceTrainBatchSize, "1 to 65536");
        Need(PerDeviceEvalBatchSize is > 0 and <= 65536, "per_device_eval_batch_size", PerDeviceEvalBatchSize, "1 to 65536");
        Need(GradientAccumulationSteps is > 0 and <= 65536, "gradient_accumulation_steps", GradientAccumulationSteps, "1 to 65536");
        Need(MaxSteps == -1 || MaxSteps > 0, "max_steps", MaxSteps, "above 0, or -1 to leave it to num_train_epochs");
        Need(NumTrainEpochs is > 0 and <= 1e6, "num_train_epochs", NumTrainEpochs, "above 0, 1000000 at most");
        Need(LearningRate > 0 && double.IsFinite(LearningRate), "learning_rate", LearningRate, "above 0, e.g. 5e-05");
        Need(WarmupRatio is >= 0 and <= 1, "warmup_ratio", WarmupRatio, "0 to 1");
        Need(WarmupSteps >= 0, "warmup_steps", WarmupSteps, "0 or above");
        Need(WeightDecay >= 0 && double.IsFinite(WeightDecay), "weight_decay", WeightDecay, "0 or above");
        Need(AdamBeta1 is >= 0 and < 1, "adam_beta1", AdamBeta1, "0 or above and below 1");
        Need(AdamBeta2 is >= 0 and < 1, "adam_beta2", AdamBeta2, "0 or above and below 1");
        Need(AdamEpsilon > 0 && double.IsFinite(AdamEpsilon), "adam_epsilon", AdamEpsilon, "above 0, e.g. 1e-08");
        Need(MaxGradNorm >= 0 && double.IsFinite(MaxGradNorm), "max_grad_norm", MaxGradNorm, "above 0, or 0 to leave gradients as they are");
        Need(LabelSmoothingFactor is >= 0 and < 1, "label_smoothing_factor", LabelSmoothingFactor, "0 or above and below 1");
        Need(ClassWeights is null || ClassWeights.All(weight => weight >= 0 && double.IsFinite(weight)) && ClassWeights.Any(weight => weight > 0),
            "class_weights", ClassWeights is null ? null : ParamText.Of(ClassWeights), "a weight of 0 or above for each class, not 0 for all");
        Need(LoggingSteps > 0, "logging_steps", LoggingSteps, "1 or above");
        Need(SaveTotalLimit is null or > 0, "save_total_limit", SaveTotalLimit, "1 or above, or left out to keep all");
        Need(DataloaderNumWorkers is >= 0 and <= 256, "dataloader_num_workers", DataloaderNumWorkers, "0 to 256");
        Need(EarlyStoppingPatience is null or > 0, "early_stopping_patience", EarlyStoppingPatience, "1 or above, or left out");
        Need(EarlyStoppingThreshold >= 0 && double.IsFinite(EarlyStoppingThreshold), "early_stopping_threshold", EarlyStoppingThreshold, "0 or above");
        Need(BestMetricName is null || Measures.Contains(BestMetricName), "metric_for_best_model", MetricForBestModel, "one of " + string.Join(", ", Measures));
        CheckAugmentation(Need);

        if (LoadBestModelAtEnd && (EvaluationStrategy == IntervalStrategy.No || SaveStrategy == IntervalStrategy.No))
        {
            faults.Add("load_best_model_at_end compares what each epoch's evaluation says of its checkpoint: evaluation_strategy and save_strategy must be epoch.");
        }
        if (EarlyStoppingPatience is not null && !(LoadBestModelAtEnd && MetricForBestModel is not null && EvaluationStrategy != IntervalStrategy.No))
        {
            faults.Add("early_stopping_patience needs load_best_model_at_end, metric_for_best_model (e.g. f1) and evaluation_strategy epoch.");
        }
        return faults;
    }

    private void CheckAugmentation(Action<bool, string, object?, string> need)
    {
        if (Augmentation is not { } chance)
        {
            return;
        }
        need(chance.MinScale is > 0 and <= 1 && chance.MinScale <= chance.MaxScale, "augmentation_min_scale", chance.MinScale, "above 0, and augmentation_max_scale at most");
        need(chance.MaxScale is > 0 and <= 1, "augmentation_max_scale", chance.MaxScale, "above 0, 1 at most");
        need(chance.MinRatio > 0 && chance.MinRatio <= chance.MaxRatio, "augmentation_min_ratio", chance.MinRatio, "above 0, and augmentation_max_ratio at most");
        need(chance.MaxRatio > 0 && double.IsFinite(chance.MaxRatio), "augmentation_max_ratio", chance.MaxRatio, "above 0");
        need(chance.HorizontalFlip is >= 0 and <= 1, "augmentation_horizontal_flip", chance.HorizontalFlip, "a probability, 0 to 1");
        need(chance.VerticalFlip is >= 0 and <= 1, "augmentation_vertical_flip", chance.VerticalFlip, "a probability, 0 to 1");
    }

    /// <summary>Refuses faulty values, all faults in one message.</summary>
    /// <exception cref="VisionException"><see cref="Check"/> found something.</exception>
    internal void ThrowIfFaulty()
    {
        var faults = Check();
        if (faults.Count > 0)
        {
            throw new VisionException(faults.Count == 1 ? faults[0] : string.Join(Environment.NewLine, faults));
        }
    }
}
