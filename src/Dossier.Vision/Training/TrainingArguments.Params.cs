namespace Dossier.Vision.Training;

public sealed partial record TrainingArguments
{
    /// <summary>
    /// The values as a run's params, by transformers' names and as Python prints them (<c>5e-05</c>, <c>True</c>, <c>None</c>), in the order of the names. Facts that
    /// cannot be chosen here (<c>fp16</c> is <c>False</c>) are there where they say how the model came to be.
    /// </summary>
    public IReadOnlyDictionary<string, string> ToParams()
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["adafactor"] = ParamText.Of(false),
            ["adam_beta1"] = ParamText.Of(AdamBeta1),
            ["adam_beta2"] = ParamText.Of(AdamBeta2),
            ["adam_epsilon"] = ParamText.Of(AdamEpsilon),
            ["auto_find_batch_size"] = ParamText.Of(false),
            ["bf16"] = ParamText.Of(Bf16),
            ["bf16_full_eval"] = ParamText.Of(false),
            ["class_weights"] = ClassWeights is null ? ParamText.None : ParamText.Of(ClassWeights),
            ["data_seed"] = ParamText.Of(DataSeed),
            ["dataloader_drop_last"] = ParamText.Of(DataloaderDropLast),
            ["dataloader_num_workers"] = ParamText.Of(DataloaderNumWorkers),
            ["disable_tqdm"] = ParamText.Of(DisableTqdm),
            ["do_eval"] = ParamText.Of(EvaluationStrategy != IntervalStrategy.No),
            ["early_stopping_patience"] = ParamText.Of(EarlyStoppingPatience),
            ["early_stopping_threshold"] = ParamText.Of(EarlyStoppingThreshold),
            ["evaluation_strategy"] = TrainingChoices.Name(EvaluationStrategy),
            ["fp16"] = ParamText.Of(false),
            ["full_determinism"] = ParamText.Of(FullDeterminism),
            ["gradient_accumulation_steps"] = ParamText.Of(GradientAccumulationSteps),
            ["gradient_checkpointing"] = ParamText.Of(false),
            ["greater_is_better"] = BestMetricName is null && GreaterIsBetter is null ? ParamText.None : ParamText.Of(IsGreaterBetter),
            ["group_by_length"] = ParamText.Of(false),
            ["ignore_data_skip"] = ParamText.Of(false),
            ["label_smoothing_factor"] = ParamText.Of(LabelSmoothingFactor),
            ["learning_rate"] = ParamText.Of(LearningRate),
            ["load_best_model_at_end"] = ParamText.Of(LoadBestModelAtEnd),
            ["logging_first_step"] = ParamText.Of(LoggingFirstStep),
            ["logging_nan_inf_filter"] = ParamText.Of(false),
            ["logging_steps"] = ParamText.Of(LoggingSteps),
            ["logging_strategy"] = "steps",
            ["lr_scheduler_type"] = TrainingChoices.Name(LrSchedulerType),
            ["max_grad_norm"] = ParamText.Of(MaxGradNorm),
            ["max_steps"] = ParamText.Of(MaxSteps),
            ["metric_for_best_model"] = MetricForBestModel ?? BestMetricName ?? ParamText.None,
            ["no_cuda"] = ParamText.Of(NoCuda),
            ["num_train_epochs"] = double.IsInteger(NumTrainEpochs) ? ParamText.Of((long)NumTrainEpochs) : ParamText.Of(NumTrainEpochs),
            ["optim"] = TrainingChoices.Name(Optim),
            ["output_dir"] = OutputDir,
            ["overwrite_output_dir"] = ParamText.Of(OverwriteOutputDir),
            ["per_device_eval_batch_size"] = ParamText.Of(PerDeviceEvalBatchSize),
            ["per_device_train_batch_size"] = ParamText.Of(PerDeviceTrainBatchSize),
            ["report_to"] = ParamText.Of(ReportTo),
            ["resume_from_checkpoint"] = ResumeFromCheckpoint ?? ParamText.None,
            ["run_name"] = RunName ?? OutputDir,
            ["save_safetensors"] = ParamText.Of(true),
            ["save_strategy"] = TrainingChoices.Name(SaveStrategy),
            ["save_total_limit"] = ParamText.Of(SaveTotalLimit),
            ["seed"] = ParamText.Of(Seed),
            ["warmup_ratio"] = ParamText.Of(WarmupRatio),
            ["warmup_steps"] = ParamText.Of(WarmupSteps),
            ["weight_decay"] = ParamText.Of(WeightDecay),
        };
        if (Augmentation is not null)
        {
            values["augmentation_horizontal_flip"] = ParamText.Of(Augmentation.HorizontalFlip);
            values["augmentation_max_ratio"] = ParamText.Of(Augmentation.MaxRatio);
            values["augmentation_max_scale"] = ParamText.Of(Augmentation.MaxScale);
            values["augmentation_min_ratio"] = ParamText.Of(Augmentation.MinRatio);
            values["augmentation_min_scale"] = ParamText.Of(Augmentation.MinScale);
            values["augmentation_vertical_flip"] = ParamText.Of(Augmentation.VerticalFlip);
        }
        return values;
    }
}
