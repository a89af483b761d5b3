namespace Dossier.Vision.Training;

/// <summary>How many batches, steps and epochs a training has, and what its learning rate is at each step.</summary>
internal sealed record TrainingPlan
{
    public TrainingPlan(TrainingArguments arguments, int samples)
    {
        _arguments = arguments;
        Samples = samples;
        var size = arguments.PerDeviceTrainBatchSize;
        BatchesPerEpoch = arguments.DataloaderDropLast ? samples / size : (samples + size - 1) / size;
        if (BatchesPerEpoch == 0)
        {
            throw new VisionException(samples == 0
                ? "There is no picture to train on."
                : $"dataloader_drop_last leaves nothing to train on: there are {samples} pictures, fewer than per_device_train_batch_size {size}.");
        }
        StepsPerEpoch = (BatchesPerEpoch + arguments.GradientAccumulationSteps - 1) / arguments.GradientAccumulationSteps;
        MaxSteps = arguments.MaxSteps > 0 ? arguments.MaxSteps : (long)Math.Ceiling(arguments.NumTrainEpochs * StepsPerEpoch);
        WarmupSteps = arguments.WarmupSteps > 0 ? arguments.WarmupSteps : (long)Math.Ceiling(MaxSteps * arguments.WarmupRatio);
    }

    private readonly TrainingArguments _arguments;

    public int Samples { get; }

    public int BatchesPerEpoch { get; }

    public int StepsPerEpoch { get; }

    public long MaxSteps { get; }

    public long WarmupSteps { get; }

    /// <summary>Epochs begun if training is not ended early.</summary>
    public long Epochs => (MaxSteps + StepsPerEpoch - 1) / StepsPerEpoch;

    /// <summary>The rate after so many steps, which the next step is made with; what transformers logs at a step.</summary>
    public double LearningRate(long step)
    {
        var type = _arguments.LrSchedulerType;
        if (type == LrSchedulerType.Constant)
        {
            return _arguments.LearningRate;
        }
        if (step < WarmupSteps)
        {
            return _arguments.LearningRate * (step / (double)Math.Max(1, WarmupSteps));
        }
        var rest = (double)Math.Max(1, MaxSteps - WarmupSteps);
        return _arguments.LearningRate * type switch
        {
            LrSchedulerType.Linear => Math.Max(0, (MaxSteps - step) / rest),
            LrSchedulerType.Cosine => Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * ((step - WarmupSteps) / rest)))),
            _ => 1,
        };
    }

    /// <summary>The batches of an epoch's step: the first, and the one after the last.</summary>
    public (int From, int To) BatchesOf(int stepInEpoch) =>
        (stepInEpoch * _arguments.GradientAccumulationSteps, Math.Min((stepInEpoch + 1) * _arguments.GradientAccumulationSteps, BatchesPerEpoch));

    /// <summary>Epochs done after so many steps, with a fraction.</summary>
    public double EpochAt(long step)
    {
        var within = (int)(step % StepsPerEpoch);
        return step / StepsPerEpoch + (within == 0 ? 0 : BatchesOf(within - 1).To / (double)BatchesPerEpoch);
    }
}
