using Dossier.Vision.Training;

namespace Dossier.Vision.Tests.Training;

public sealed class TrainingArgumentsTests
{
    [Fact]
    public void Params_are_those_that_transformers_logged_for_the_same_training()
    {
        var arguments = new TrainingArguments
        {
            OutputDir = "/tmp/huggingface/pcb/vit-base-patch16-224-finetuned-leaf",
            EvaluationStrategy = IntervalStrategy.Epoch,
            SaveStrategy = IntervalStrategy.Epoch,
            PerDeviceTrainBatchSize = 32,
            PerDeviceEvalBatchSize = 32,
            NumTrainEpochs = 20,
            WarmupRatio = 0.1,
            LoggingSteps = 10,
            LoadBestModelAtEnd = true,
            MetricForBestModel = "f1",
            ReportTo = ["mlflow", "tensorboard"],
        };
        var actual = arguments.ToParams();
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["adafactor"] = "False",
            ["adam_beta1"] = "0.9",
            ["adam_beta2"] = "0.999",
            ["adam_epsilon"] = "1e-08",
            ["auto_find_batch_size"] = "False",
            ["bf16"] = "False",
            ["bf16_full_eval"] = "False",
            ["data_seed"] = "None",
            ["dataloader_drop_last"] = "False",
            ["dataloader_num_workers"] = "0",
            ["disable_tqdm"] = "False",
            ["do_eval"] = "True",
            ["evaluation_strategy"] = "epoch",
            ["fp16"] = "False",
            ["full_determinism"] = "False",
            ["gradient_accumulation_steps"] = "1",
            ["gradient_checkpointing"] = "False",
            ["greater_is_better"] = "True",
            ["group_by_length"] = "False",
            ["ignore_data_skip"] = "False",
            ["label_smoothing_factor"] = "0.0",
            ["learning_rate"] = "5e-05",
            ["load_best_model_at_end"] = "True",
            ["logging_first_step"] = "False",
            ["logging_steps"] = "10",
            ["logging_strategy"] = "steps",
            ["lr_scheduler_type"] = "linear",
            ["max_grad_norm"] = "1.0",
            ["max_steps"] = "-1",
            ["metric_for_best_model"] = "f1",
            ["no_cuda"] = "False",
            ["num_train_epochs"] = "20",
            ["optim"] = "adamw_hf",
            ["output_dir"] = "/tmp/huggingface/pcb/vit-base-patch16-224-finetuned-leaf",
            ["overwrite_output_dir"] = "False",
            ["per_device_eval_batch_size"] = "32",
            ["per_device_train_batch_size"] = "32",
            ["report_to"] = "['mlflow', 'tensorboard']",
            ["resume_from_checkpoint"] = "None",
            ["run_name"] = "/tmp/huggingface/pcb/vit-base-patch16-224-finetuned-leaf",
            ["save_strategy"] = "epoch",
            ["save_total_limit"] = "None",
            ["seed"] = "42",
            ["warmup_ratio"] = "0.1",
            ["warmup_steps"] = "0",
            ["weight_decay"] = "0.0",
        })
        {
            Assert.Equal((name, value), (name, actual.GetValueOrDefault(name)));
        }
    }

    [Theory]
    [InlineData(5e-5, "5e-05")]
    [InlineData(1e-8, "1e-08")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(1, "1.0")]
    [InlineData(0, "0.0")]
    [InlineData(1234567890123456, "1234567890123456.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(-15e15, "-1.5e+16")]
    [InlineData(1e17, "1e+17")]
    [InlineData(1.7913435348529054e19, "1.7913435348529054e+19")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(double.NaN, "nan")]
    public void Numbers_are_printed_as_Python_prints_them(double value, string text) => Assert.Equal(text, ParamText.Of(value));

    [Fact]
    public void The_defaults_are_in_order() => Assert.Empty(new TrainingArguments { OutputDir = "out" }.Check());

    [Fact]
    public void All_faults_are_told_at_once_by_their_names()
    {
        var faults = new TrainingArguments
        {
            OutputDir = "out",
            LearningRate = double.NaN,
            PerDeviceTrainBatchSize = 0,
            WarmupRatio = 1.5,
            AdamBeta2 = 1,
            ClassWeights = [-1, 1],
            Augmentation = new(MinScale: 0),
            MetricForBestModel = "f2",
            LoadBestModelAtEnd = true,
        }.Check();
        Assert.Collection(
            faults,
            fault => Assert.StartsWith("per_device_train_batch_size is 0: it must be 1 to", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith("learning_rate is NaN: it must be above 0", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith("warmup_ratio is 1.5: ", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith("adam_beta2 is 1: ", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith("class_weights is [-1.0, 1.0]: ", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith("metric_for_best_model is f2: it must be one of loss, accuracy", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith("augmentation_min_scale is 0: ", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith("load_best_model_at_end ", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void The_best_is_the_lowest_loss_or_the_highest_of_anything_else()
    {
        var arguments = new TrainingArguments { OutputDir = "out", LoadBestModelAtEnd = true };
        Assert.Equal(("loss", "False"), (arguments.ToParams()["metric_for_best_model"], arguments.ToParams()["greater_is_better"]));
        Assert.True((arguments with { MetricForBestModel = "eval_f1" }).IsGreaterBetter);
        Assert.False((arguments with { MetricForBestModel = "eval_loss" }).IsGreaterBetter);
    }
}
