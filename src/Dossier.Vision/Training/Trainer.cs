using Dossier.Vision.Data;
using Dossier.Vision.Judging;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using TorchSharp;

namespace Dossier.Vision.Training;

/// <summary>Fine-tunes, or trains from nothing, a classifier: on the GPU if there is one. One training or prediction at a time.</summary>
/// <param name="model">Changed in place; at the end it holds the best weights if <c>load_best_model_at_end</c>.</param>
/// <param name="processor">Makes inputs of pictures.</param>
/// <param name="arguments">How to train.</param>
public sealed class Trainer(ViTForImageClassification model, ImageProcessor processor, TrainingArguments arguments)
{
    // Shared by training and evaluation, and by one training after another: pictures are known by their content.
    private readonly BatchReader _reader = new(processor, new PictureCache(PictureCache.DefaultMaxBytes), arguments.DataloaderNumWorkers);

    /// <summary>The model.</summary>
    public ViTForImageClassification Model => model;

    private bool UsesGpu => !arguments.NoCuda && torch.cuda.is_available();

    /// <summary>The clock of runtimes.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Trains to the end, or until early stopping or the token ends it.</summary>
    /// <param name="train">Pictures to learn from; labels must be among the model's.</param>
    /// <param name="validation">Pictures to evaluate on.</param>
    /// <param name="progress">Told what happens, in order, on one thread at a time.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="VisionException">An argument, a picture or a checkpoint cannot be used, or training diverged.</exception>
    public Task<TrainingResult> TrainAsync(
        IReadOnlyList<Picture> train, IReadOnlyList<Picture> validation, IProgress<TrainingEvent>? progress = null, CancellationToken cancellationToken = default) =>
        OnOwnThread(() => Train(train, validation, progress, cancellationToken));

    /// <summary>The model's logits of pictures, in evaluation mode and the pictures' order.</summary>
    /// <exception cref="VisionException">A picture cannot be used.</exception>
    public Task<Predictions> PredictAsync(IReadOnlyList<Picture> pictures, CancellationToken cancellationToken = default) =>
        OnOwnThread(() => NewEvaluator().Predict(pictures, cancellationToken));

    // Torch keeps a set of helper threads for each thread that calls it: on the pool's changing threads they would add up.
    private static Task<T> OnOwnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    private TrainingResult Train(IReadOnlyList<Picture> train, IReadOnlyList<Picture> validation, IProgress<TrainingEvent>? progress, CancellationToken cancellationToken)
    {
        arguments.ThrowIfFaulty();
        Check(validation);
        var samples = Evaluator.Label(train, model.Config.Labels);
        Evaluator.Label(validation, model.Config.Labels);
        var from = ResumeFolder();
        using var run = new TrainingRun(model, processor, arguments, NewEvaluator(), _reader, samples, validation, happened => progress?.Report(happened), Time);
        if (from is not null)
        {
            run.Resume(from);
        }
        else
        {
            Checkpoint.RemoveAll(arguments.OutputDir);
        }
        return run.Run(cancellationToken);
    }

    private Evaluator NewEvaluator()
    {
        var device = UsesGpu ? torch.CUDA : torch.CPU;
        model.to(device);
        return new Evaluator(model, _reader, arguments.PerDeviceEvalBatchSize, device, Time);
    }

    private void Check(IReadOnlyList<Picture> validation)
    {
        if (processor.Height != model.Config.ImageSize || processor.Width != model.Config.ImageSize)
        {
            throw new VisionException($"The image processor makes inputs of {processor.Height} × {processor.Width}, the model takes {model.Config.ImageSize} × {model.Config.ImageSize}.");
        }
        if (arguments.ClassWeights is { } weights && weights.Count != model.Config.Labels.Count)
        {
            throw new VisionException($"class_weights has {weights.Count} weights, the model has {model.Config.Labels.Count} classes.");
        }
        if (arguments.EvaluationStrategy != IntervalStrategy.No && validation.Count == 0)
        {
            throw new VisionException("evaluation_strategy is epoch, but there is no validation picture.");
        }
        if (arguments.Bf16 && !UsesGpu)
        {
            throw new VisionException("bf16 needs a GPU, and no usable GPU was found. Leave it out to train in 32 bits.");
        }
        if (arguments.FullDeterminism && UsesGpu)
        {
            // Torch has a switch for it, TorchSharp has not.
            throw new VisionException("full_determinism can be held on the CPU only: set no_cuda too, or leave it out and get the same numbers but for the last digits.");
        }
    }

    private string? ResumeFolder()
    {
        var existing = Checkpoint.List(arguments.OutputDir);
        if (arguments.ResumeFromCheckpoint is { } folder)
        {
            return !folder.Equals("true", StringComparison.OrdinalIgnoreCase) ? folder
                : existing.Count > 0 ? existing[^1].Folder
                : throw new VisionException($"resume_from_checkpoint: there is no checkpoint in {arguments.OutputDir}.");
        }
        if (existing.Count > 0 && !arguments.OverwriteOutputDir)
        {
            throw new VisionException(
                $"{arguments.OutputDir} holds checkpoints of an earlier training, {Path.GetFileName(existing[^1].Folder)} the newest. resume_from_checkpoint True goes on from it, overwrite_output_dir True removes them.");
        }
        return null;
    }
}
