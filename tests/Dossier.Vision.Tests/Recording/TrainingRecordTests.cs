using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Dossier.Protocol;
using Dossier.Reports;
using Dossier.Reports.Collect;
using Dossier.Testing;
using Dossier.Vision.Inference;

namespace Dossier.Vision.Tests.Recording;

// Inside, where it comes before the namespace Dossier.Vision.Boards.
using Boards = Dossier.Vision.Tests.Training.Boards;

/// <summary>What is at the server after a training.</summary>
/// <param name="trainings">The training.</param>
[Collection(nameof(Trainings))]
public sealed class TrainingRecordTests(Trainings trainings)
{
    /// <summary>Params of the seed's run that mean nothing to this trainer: there is nothing to choose and nothing that they could say of its models.</summary>
    private static readonly string[] WithoutMeaning =
    [
        // Text generation, which every config of transformers' carries along.
        "add_cross_attention", "bad_words_ids", "begin_suppress_tokens", "bos_token_id", "chunk_size_feed_forward", "cross_attention_hidden_size", "decoder_start_token_id",
        "diversity_penalty", "do_sample", "early_stopping", "encoder_no_repeat_ngram_size", "eos_token_id", "exponential_decay_length_penalty", "forced_bos_token_id",
        "forced_eos_token_id", "is_decoder", "is_encoder_decoder", "length_penalty", "max_length", "min_length", "no_repeat_ngram_size", "num_beam_groups", "num_beams",
        "num_return_sequences", "output_scores", "pad_token_id", "prefix", "remove_invalid_values", "repetition_penalty", "return_dict_in_generate", "sep_token_id",
        "suppress_tokens", "temperature", "tie_encoder_decoder", "tie_word_embeddings", "tokenizer_class", "top_k", "top_p", "typical_p",
        // How transformers' Python classes answer, or are kept.
        "finetuning_task", "output_attentions", "output_hidden_states", "pruned_heads", "return_dict", "task_specific_params", "tf_legacy_loss", "torchscript", "use_bfloat16",
        // Several machines or devices, and devices other than CPU and CUDA.
        "ddp_bucket_cap_mb", "ddp_find_unused_parameters", "ddp_timeout", "deepspeed", "fsdp", "fsdp_config", "fsdp_min_num_params", "fsdp_transformer_layer_cls_to_wrap",
        "local_rank", "log_on_each_node", "mp_parameters", "per_gpu_eval_batch_size", "per_gpu_train_batch_size", "ray_scope", "save_on_each_node", "sharded_ddp",
        "tpu_metrics_debug", "tpu_num_cores", "use_ipex", "use_mps_device", "xpu_backend",
        // Half precision by loss scaling, and compilers: not here; bf16 and fp16 say so.
        "fp16_backend", "fp16_full_eval", "fp16_opt_level", "half_precision_backend", "jit_mode_eval", "tf32", "torch_compile", "torch_compile_backend", "torch_compile_mode", "torchdynamo",
        // The Hugging Face hub, which nothing is sent to.
        "hub_model_id", "hub_private_repo", "hub_strategy", "hub_token", "push_to_hub", "push_to_hub_model_id", "push_to_hub_organization", "push_to_hub_token",
        // Steps of a strategy that is not there (training evaluates and saves by the epoch), and what the example scripts read of the command line.
        "do_predict", "do_train", "eval_delay", "eval_steps", "save_steps",
        // Workings of the Python Trainer: its data loader, loggers and loops.
        "dataloader_pin_memory", "debug", "eval_accumulation_steps", "include_inputs_for_metrics", "label_names", "length_column_name", "log_level", "log_level_replica",
        "logging_dir", "optim_args", "past_index", "prediction_loss_only", "remove_unused_columns", "skip_memory_metrics", "use_legacy_prediction_loop",
    ];

    [Fact]
    public void Each_of_the_seeds_params_is_logged_or_has_no_meaning_here()
    {
        var seed = JsonElement.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "Dossier.Cli", "Demo", "pcb-model.data.json")))
            .GetProperty("run").GetProperty("data").GetProperty("params").EnumerateArray().Select(param => param.GetProperty("key").GetString()!).ToList();
        Assert.Equal(177, seed.Count);
        var logged = trainings.Run.Data.Params!.Select(param => param.Key).ToList();
        Assert.Empty(seed.Except(logged).Except(WithoutMeaning));
        Assert.Empty(WithoutMeaning.Except(seed));
        Assert.Empty(WithoutMeaning.Intersect(logged));
    }

    [Fact]
    public void Params_are_written_as_Python_prints_them()
    {
        var values = trainings.Run.Data.Params!.ToDictionary(param => param.Key, param => param.Value);
        Assert.Equal("{0: 'normal', 1: 'damaged'}", values["id2label"]);
        Assert.Equal("{'normal': 0, 'damaged': 1}", values["label2id"]);
        Assert.Equal("['ViTForImageClassification']", values["architectures"]);
        Assert.Equal("1e-12", values["layer_norm_eps"]);
        Assert.Equal("0.0", values["hidden_dropout_prob"]);
        Assert.Equal("True", values["load_best_model_at_end"]);
        Assert.Equal("None", values["resume_from_checkpoint"]);
        Assert.Equal("[0.5, 0.5, 0.5]", values["image_mean"]);
        Assert.Equal("{'height': 16, 'width': 16}", values["size"]);
        Assert.Equal("32", values["hidden_size"]);
    }

    [Fact]
    public async Task Every_metric_has_its_steps_and_is_sent_with_what_it_was_measured_on()
    {
        string[] seed =
        [
            "epoch", "eval_f1", "eval_loss", "eval_runtime", "eval_samples_per_second", "eval_steps_per_second", "learning_rate", "loss", "total_flos", "train_loss",
            "train_runtime", "train_samples_per_second", "train_steps_per_second",
        ];
        Assert.Empty(seed.Except(trainings.Run.Data.Metrics!.Select(metric => metric.Key)));
        var f1 = await trainings.Client.Runs.GetMetricHistoryAsync(trainings.RunId, "eval_f1").ToListAsync();
        Assert.Equal([5, 10, 15], f1.Select(point => point.Step));

        var digests = Inputs().ToDictionary(input => input.Context, input => input.Digest);
        foreach (var metric in trainings.Sent.Where(metric => !metric.Key.StartsWith("system/", StringComparison.Ordinal)))
        {
            var of = metric.Key is "epoch" or "learning_rate" or "total_flos" || metric.Key.StartsWith("train_", StringComparison.Ordinal) && metric.Key != "train_loss" ? null
                : metric.Key is "loss" or "train_loss" ? "train"
                : metric.Key.StartsWith("test_", StringComparison.Ordinal) ? "test"
                : "validation";
            Assert.Equal((metric.Key, of is null ? null : digests[of]), (metric.Key, metric.DatasetDigest));
            Assert.Equal((metric.Key, of is null ? null : "boards"), (metric.Key, metric.DatasetName));
        }
    }

    [Fact]
    public void The_judgement_is_there_with_its_intervals()
    {
        var metrics = trainings.Run.Data.Metrics!.ToDictionary(metric => metric.Key, metric => metric.Value);
        foreach (var (name, value) in trainings.Judgement.Metrics)
        {
            Assert.Equal(value, metrics["test_" + name]);
            Assert.Equal(trainings.Judgement.Intervals[name].Low, metrics[$"test_{name}_ci95_low"]);
            Assert.Equal(trainings.Judgement.Intervals[name].High, metrics[$"test_{name}_ci95_high"]);
            Assert.Contains("validation_" + name, metrics.Keys);
        }

        Assert.Equal(trainings.Judgement.Threshold, metrics["threshold"]);
        Assert.Contains("test_f1_at_threshold", metrics.Keys);
        Assert.Contains("test_expected_calibration_error", metrics.Keys);
        Assert.Contains("test_average_precision", metrics.Keys);
    }

    [Fact]
    public void The_system_was_watched()
    {
        var metrics = trainings.Run.Data.Metrics!.ToDictionary(metric => metric.Key, metric => metric.Value);
        Assert.InRange(metrics["system/system_memory_usage_percentage"], 0.01, 100);
        Assert.InRange(metrics["system/disk_usage_percentage"], 0, 100);
        Assert.True(metrics["system/system_memory_usage_megabytes"] > 1);
        if (OperatingSystem.IsLinux())
        {
            Assert.InRange(metrics["system/cpu_utilization_percentage"], 0, 100);
        }
    }

    [Fact]
    public void The_three_parts_are_dataset_inputs() => Assert.Equal(["test", "train", "validation"], Inputs().Select(input => input.Context).Order());

    [Fact]
    public void Tags_tell_user_program_data_and_model()
    {
        var tags = trainings.Run.Data.Tags!.ToDictionary(tag => tag.Key, tag => tag.Value);
        Assert.Equal(RunStatus.Finished, trainings.Run.Info.Status);
        Assert.Equal("vision", tags["team"]);
        Assert.Equal("LOCAL", tags["mlflow.source.type"]);
        Assert.NotEmpty(tags["mlflow.source.name"]);
        Assert.Matches("^[0-9a-f]{40}$", tags["mlflow.source.git.commit"]);
        Assert.Equal("0123456789abcdef", tags["dossier.dataset.digest"]);
        Assert.DoesNotContain("dossier.finding.leakage", tags.Keys);
        Assert.Contains("ViTImageProcessor", tags["mlflow.log-model.history"]);
        Assert.Contains("test pictures", tags["mlflow.note.content"]);
    }

    [Fact]
    public async Task Figures_data_and_judgements_are_artifacts()
    {
        using var folder = new TemporaryFolder();
        await trainings.Client.Artifacts.DownloadFolderAsync(new ArtifactLocation.InRun(trainings.RunId, ""), folder.Path);
        string[] figures =
        [
            "learning_rate.svg", "loss.svg", "test_confusion_matrix.svg", "test_precision_recall.svg", "test_reliability.svg", "test_roc.svg", "validation_over_training.svg",
        ];
        Assert.Equal(figures, Directory.EnumerateFiles(folder.Combine("figures")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.All(Directory.EnumerateFiles(folder.Combine("figures")), file => Assert.Equal("svg", XDocument.Load(file).Root!.Name.LocalName));

        var rows = await File.ReadAllLinesAsync(folder.Combine("data", "splits.csv"));
        Assert.Equal("split,name,label,detail,width,height,sha256", rows[0]);
        Assert.Equal(1 + trainings.Splits.Set.Pictures.Count, rows.Length);
        Assert.Contains(rows, row => row.StartsWith("test,0071.png,damaged,", StringComparison.Ordinal));
        Assert.Equal(0, JsonElement.Parse(await File.ReadAllTextAsync(folder.Combine("data", "leakage.json"))).GetProperty("test_in_others").GetInt32());

        var test = JsonElement.Parse(await File.ReadAllTextAsync(folder.Combine("judgement", "test.json")));
        Assert.Equal("damaged", test.GetProperty("positive").GetString());
        Assert.Equal(18, test.GetProperty("pictures").GetInt32());
    }

    [Fact]
    public async Task The_model_answers_as_the_one_that_was_trained()
    {
        using var folder = new TemporaryFolder();
        await trainings.Client.Artifacts.DownloadFolderAsync(new ArtifactLocation.InRun(trainings.RunId, "model"), folder.Path);
        using var classifier = PictureClassifier.Open(folder.Path);
        Assert.Equal(Boards.Classes, classifier.Classes);
        var inputs = new float[classifier.Processor.Length];
        foreach (var (at, picture) in trainings.Judgement.Predictions.Pictures.Index())
        {
            classifier.Processor.Apply(Vision.Pictures.PictureDecoder.Decode(await picture.ReadAsync(default)), inputs);
            var logits = classifier.Logits(inputs, 1);
            Assert.Equal(trainings.Judgement.Predictions.Logits[2 * at], logits[0], 1e-4f);
            Assert.Equal(trainings.Judgement.Predictions.Logits[(2 * at) + 1], logits[1], 1e-4f);
        }
    }

    [Fact]
    public async Task The_report_has_signature_example_and_flavors()
    {
        var data = await new RecordCollector(trainings.Client.Records, TimeProvider.System, new()).CollectAsync(ModelUri.Parse("models:/pcb-vit/1"), default);
        var report = ReportRenderer.ToMarkdown(data, new());
        var signature = report[report.IndexOf("\n## Signature", StringComparison.Ordinal)..report.IndexOf("\n# Registered Model\n", StringComparison.Ordinal)];
        Assert.DoesNotContain("None found", signature);
        Assert.Contains("|data|string|", signature);
        Assert.Contains("|artifact_path|input_example.json|", signature);
        Assert.Contains("#### Flavor 'transformers'", report);
        Assert.Contains("#### Flavor 'onnx'", report);
        Assert.Contains("|pipeline_model_type|ViTForImageClassification|", report);
        Assert.Contains("|flavor|mlflow.transformers|", report);
    }

    [Fact]
    public async Task The_version_is_described_tagged_and_in_its_stage()
    {
        var version = await trainings.Client.ModelVersions.GetAsync("pcb-vit", "1");
        Assert.Equal(ModelStage.Staging, version.CurrentStage);
        Assert.True(trainings.Promotion.Promoted);
        Assert.Contains("## On 18 test pictures", version.Description);
        Assert.Contains("| f1 |", version.Description);
        Assert.Contains("| train | 36 | 18 | 18 |", version.Description);
        Assert.Contains("Only 9 test pictures", version.Description);
        var tags = version.Tags!.ToDictionary(tag => tag.Key, tag => tag.Value);
        Assert.Equal(trainings.Judgement.Metrics["f1"], double.Parse(tags["dossier.test.f1"], CultureInfo.InvariantCulture));
        Assert.Contains("pictures of `normal`, `damaged` apart", (await trainings.Client.RegisteredModels.GetAsync("pcb-vit")).Description);
    }

    private IEnumerable<(string Context, string Digest)> Inputs() =>
        trainings.Run.Inputs.DatasetInputs!.Select(input => (input.Tags!.Single(tag => tag.Key == "mlflow.data.context").Value, input.Dataset.Digest));
}
