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
            ["adafactor"] = PythonText.Of(false),
            ["adam_beta1"] = PythonText.Of(AdamBeta1),
            ["adam_beta2"] = PythonText.Of(AdamBeta2),
            ["adam_epsilon"] = PythonText.Of(AdamEpsilon),
            ["auto_find_batch_size"] = PythonText.Of(false),
            ["bf16"] = PythonText.Of(Bf16),
            ["bf16_full_eval"] = PythonText.Of(false),
            ["class_weights"] = ClassWeights is null ? PythonText.None : PythonText.Of(ClassWeights),
            ["data_seed"] = PythonText.Of(DataSeed),
            ["dataloader_drop_last"] = PythonText.Of(DataloaderDropLast),
            ["dataloader_num_workers"] = PythonText.Of(DataloaderNumWorkers),
            ["disable_tqdm"] = PythonText.Of(DisableTqdm),
            ["do_eval"] = PythonText.Of(EvaluationStrategy != IntervalStrategy.No),
            ["early_stopping_patience"] = PythonText.Of(EarlyStoppingPatience),
            ["early_stopping_threshold"] = PythonText.Of(EarlyStoppingThreshold),
            ["evaluation_strategy"] = TrainingChoices.Name(EvaluationStrategy),
            ["fp16"] = PythonText.Of(false),
            ["full_determinism"] = PythonText.Of(FullDeterminism),
            ["gradient_accumulation_steps"] = PythonText.Of(GradientAccumulationSteps),
            ["gradient_checkpointing"] = PythonText.Of(false),
            ["greater_is_better"] = BestMetricName is null && GreaterIsBetter is null ? PythonText.None : PythonText.Of(IsGreaterBetter),
            ["group_by_length"] = PythonText.Of(false),
            ["ignore_data_skip"] = PythonText.Of(false),
            ["label_smoothing_factor"] = PythonText.Of(LabelSmoothingFactor),
            ["learning_rate"] = PythonText.Of(LearningRate),
            ["load_best_model_at_end"] = PythonText.Of(LoadBestModelAtEnd),
            ["logging_first_step"] = PythonText.Of(LoggingFirstStep),
            ["logging_nan_inf_filter"] = PythonText.Of(false),
            ["logging_steps"] = PythonText.Of(LoggingSteps),
            ["logging_strategy"] = "steps",
            ["lr_scheduler_type"] = TrainingChoices.Name(LrSchedulerType),
            ["max_grad_norm"] = PythonText.Of(MaxGradNorm),
            ["max_steps"] = PythonText.Of(MaxSteps),
            ["metric_for_best_model"] = MetricForBestModel ?? BestMetricName ?? PythonText.None,
            ["no_cuda"] = PythonText.Of(NoCuda),
            ["num_train_epochs"] = double.IsInteger(NumTrainEpochs) ? PythonText.Of((long)NumTrainEpochs) : PythonText.Of(NumTrainEpochs),
            ["optim"] = TrainingChoices.Name(Optim),
            ["output_dir"] = OutputDir,
            ["overwrite_output_dir"] = PythonText.Of(OverwriteOutputDir),
            ["per_device_eval_batch_size"] = PythonText.Of(PerDeviceEvalBatchSize),
            ["per_device_train_batch_size"] = PythonText.Of(PerDeviceTrainBatchSize),
            ["report_to"] = PythonText.Of(ReportTo),
            ["resume_from_checkpoint"] = ResumeFromCheckpoint ?? PythonText.None,
            ["run_name"] = RunName ?? OutputDir,
            ["save_safetensors"] = PythonText.Of(true),
            ["save_strategy"] = TrainingChoices.Name(SaveStrategy),
            ["save_total_limit"] = PythonText.Of(SaveTotalLimit),
            ["seed"] = PythonText.Of(Seed),
            ["warmup_ratio"] = PythonText.Of(WarmupRatio),
            ["warmup_steps"] = PythonText.Of(WarmupSteps),
            ["weight_decay"] = PythonText.Of(WeightDecay),
        };
        if (Augmentation is not null)
        {
            values["augmentation_horizontal_flip"] = PythonText.Of(Augmentation.HorizontalFlip);
            values["augmentation_max_ratio"] = PythonText.Of(Augmentation.MaxRatio);
            values["augmentation_max_scale"] = PythonText.Of(Augmentation.MaxScale);
            values["augmentation_min_ratio"] = PythonText.Of(Augmentation.MinRatio);
            values["augmentation_min_scale"] = PythonText.Of(Augmentation.MinScale);
            values["augmentation_vertical_flip"] = PythonText.Of(Augmentation.VerticalFlip);
        }
        return values;
    }
}
