using Dossier.Vision.Pictures;

namespace Dossier.Vision.Training;

/// <summary>
/// How to train, with the names, meanings and defaults of transformers' TrainingArguments (4.28) where both have them. Only what this trainer does has a place
/// here. <see cref="Check"/> says what is wrong with the values, <see cref="ToParams"/> gives them as a run's params.
/// </summary>
public sealed partial record TrainingArguments
{
    /// <summary>Checkpoints go here (<c>output_dir</c>).</summary>
    public required string OutputDir { get; init; }

    /// <summary>Remove checkpoints that an earlier training left in <see cref="OutputDir"/> (<c>overwrite_output_dir</c>); otherwise they are a reason to refuse.</summary>
    public bool OverwriteOutputDir { get; init; }

    /// <summary>The run's name (<c>run_name</c>); null stands for <see cref="OutputDir"/>.</summary>
    public string? RunName { get; init; }

    /// <summary>Where training is recorded (<c>report_to</c>); the trainer itself only tells its progress.</summary>
    public IReadOnlyList<string> ReportTo { get; init; } = ["mlflow"];

    /// <summary>Whether progress is not drawn (<c>disable_tqdm</c>).</summary>
    public bool DisableTqdm { get; init; }

    /// <summary>Stay on the CPU although there is a GPU (<c>no_cuda</c>).</summary>
    public bool NoCuda { get; init; }

    /// <summary>
    /// Calculate in bfloat16 with 32-bit master weights (<c>bf16</c>). GPU only; refused elsewhere, where it would be slower and less exact.
    /// </summary>
    public bool Bf16 { get; init; }

    /// <summary>Pictures of one forward pass in training (<c>per_device_train_batch_size</c>).</summary>
    public int PerDeviceTrainBatchSize { get; init; } = 8;

    /// <summary>Pictures of one forward pass in evaluation (<c>per_device_eval_batch_size</c>).</summary>
    public int PerDeviceEvalBatchSize { get; init; } = 8;

    /// <summary>
    /// Batches whose gradients make one optimiser step (<c>gradient_accumulation_steps</c>). The last step of an epoch takes the batches that are left; transformers
    /// 4.28 carries them into the next epoch instead.
    /// </summary>
    public int GradientAccumulationSteps { get; init; } = 1;

    /// <summary>Times that all training pictures are seen (<c>num_train_epochs</c>); a fraction ends within an epoch.</summary>
    public double NumTrainEpochs { get; init; } = 3;

    /// <summary>Optimiser steps in all, instead of <see cref="NumTrainEpochs"/> (<c>max_steps</c>); -1 leaves it to the epochs.</summary>
    public long MaxSteps { get; init; } = -1;

    /// <summary>The highest learning rate (<c>learning_rate</c>).</summary>
    public double LearningRate { get; init; } = 5e-5;

    /// <summary>How the rate changes (<c>lr_scheduler_type</c>).</summary>
    public LrSchedulerType LrSchedulerType { get; init; } = LrSchedulerType.Linear;

    /// <summary>Share of all steps in which the rate rises from 0, rounded up to a step (<c>warmup_ratio</c>).</summary>
    public double WarmupRatio { get; init; }

    /// <summary>Steps in which the rate rises from 0; above 0 it overrules <see cref="WarmupRatio"/> (<c>warmup_steps</c>).</summary>
    public long WarmupSteps { get; init; }

    /// <summary>Which AdamW (<c>optim</c>).</summary>
    public Optim Optim { get; init; } = Optim.AdamWHf;

    /// <summary>Decoupled decay of the weights, not of biases and layer norms (<c>weight_decay</c>).</summary>
    public double WeightDecay { get; init; }

    /// <summary>Decay of the gradients' mean (<c>adam_beta1</c>).</summary>
    public double AdamBeta1 { get; init; } = 0.9;

    /// <summary>Decay of the gradients' mean square (<c>adam_beta2</c>).</summary>
    public double AdamBeta2 { get; init; } = 0.999;

    /// <summary>Keeps the division finite (<c>adam_epsilon</c>).</summary>
    public double AdamEpsilon { get; init; } = 1e-8;

    /// <summary>Gradients are scaled down to this norm, over all weights together (<c>max_grad_norm</c>); 0 leaves them as they are.</summary>
    public double MaxGradNorm { get; init; } = 1;

    /// <summary>Share of each target that is spread evenly over all classes (<c>label_smoothing_factor</c>).</summary>
    public double LabelSmoothingFactor { get; init; }

    /// <summary>
    /// A weight in the loss for each class, by id (<c>class_weights</c>, a name of ours); null counts all alike. <see cref="Training.ClassWeights"/> balances them.
    /// </summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>What chance does to training pictures (<c>augmentation_…</c>, names of ours); null only resizes them, as in evaluation.</summary>
    public Augmentation? Augmentation { get; init; } = new();

    /// <summary>When to evaluate (<c>evaluation_strategy</c>).</summary>
    public IntervalStrategy EvaluationStrategy { get; init; } = IntervalStrategy.No;

    /// <summary>When to write a checkpoint (<c>save_strategy</c>). Transformers' default, every 500 steps, is not there.</summary>
    public IntervalStrategy SaveStrategy { get; init; } = IntervalStrategy.Epoch;

    /// <summary>Checkpoints kept: the newest, and the best besides (<c>save_total_limit</c>); null keeps all.</summary>
    public int? SaveTotalLimit { get; init; }

    /// <summary>Steps between two logged losses (<c>logging_steps</c>).</summary>
    public int LoggingSteps { get; init; } = 500;

    /// <summary>Whether the first step is logged too (<c>logging_first_step</c>).</summary>
    public bool LoggingFirstStep { get; init; }

    /// <summary>Whether the model ends with its best weights instead of the last (<c>load_best_model_at_end</c>).</summary>
    public bool LoadBestModelAtEnd { get; init; }

    /// <summary>The evaluation's measure that says which weights are best, with or without <c>eval_</c> (<c>metric_for_best_model</c>); null stands for <c>loss</c>.</summary>
    public string? MetricForBestModel { get; init; }

    /// <summary>Whether more of that measure is better (<c>greater_is_better</c>); null means so for every measure but <c>loss</c> and <c>log_loss</c>.</summary>
    public bool? GreaterIsBetter { get; init; }

    /// <summary>Evaluations in a row without a better value after which training ends (EarlyStoppingCallback's <c>early_stopping_patience</c>); null goes on.</summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary>By how much a value must be better to count for <see cref="EarlyStoppingPatience"/> (<c>early_stopping_threshold</c>).</summary>
    public double EarlyStoppingThreshold { get; init; }

    /// <summary>Seed of all randomness: the same seed gives the same numbers on the same machine (<c>seed</c>).</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Where the order of pictures comes from (<c>data_seed</c>); null takes <see cref="Seed"/>.</summary>
    public int? DataSeed { get; init; }

    /// <summary>Refuse what may give other numbers in two runs (<c>full_determinism</c>): a GPU. On the CPU the numbers are the same with or without it.</summary>
    public bool FullDeterminism { get; init; }

    /// <summary>
    /// Batches that are made ahead at the same time, on threads of their own (<c>dataloader_num_workers</c>); 0 takes one for every two processors. Results do not
    /// depend on it.
    /// </summary>
    public int DataloaderNumWorkers { get; init; }

    /// <summary>Whether an epoch's last batch is left out if it is not full (<c>dataloader_drop_last</c>).</summary>
    public bool DataloaderDropLast { get; init; }

    /// <summary>A checkpoint's folder to go on from, or <c>True</c> for the newest in <see cref="OutputDir"/> (<c>resume_from_checkpoint</c>); null starts anew.</summary>
    public string? ResumeFromCheckpoint { get; init; }

    /// <summary><see cref="MetricForBestModel"/> as training uses it, without <c>eval_</c>; null if nothing is compared.</summary>
    internal string? BestMetricName => MetricForBestModel is { } name ? (name.StartsWith("eval_", StringComparison.Ordinal) ? name[5..] : name)
        : LoadBestModelAtEnd ? "loss" : null;

    /// <summary><see cref="GreaterIsBetter"/> as training uses it.</summary>
    internal bool IsGreaterBetter => GreaterIsBetter ?? BestMetricName is not ("loss" or "log_loss");
}
