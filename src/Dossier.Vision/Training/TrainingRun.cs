using Dossier.Vision.Data;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using static TorchSharp.torch;

namespace Dossier.Vision.Training;

/// <summary>One training from its start, or a checkpoint, to its end.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly ViTForImageClassification _model;
    private readonly ImageProcessor _processor;
    private readonly TrainingArguments _arguments;
    private readonly TrainingPlan _plan;
    private readonly Evaluator _evaluator;
    private readonly BatchReader _reader;
    private readonly IReadOnlyList<Sample> _train;
    private readonly IReadOnlyList<Picture> _validation;
    private readonly Action<TrainingEvent> _tell;
    private readonly TimeProvider _time;
    private readonly Device _device;
    private readonly ClassificationLoss _loss;
    private readonly Weights _weights;
    private readonly AdamW _optimizer;
    private readonly long _parameters;
    private readonly long _started;
    private TrainerState _state;

    public TrainingRun(
        ViTForImageClassification model, ImageProcessor processor, TrainingArguments arguments, Evaluator evaluator, BatchReader reader,
        IReadOnlyList<Sample> train, IReadOnlyList<Picture> validation, Action<TrainingEvent> tell, TimeProvider time)
    {
        _model = model;
        _processor = processor;
        _arguments = arguments;
        _evaluator = evaluator;
        _reader = reader;
        _train = train;
        _validation = validation;
        _tell = tell;
        _time = time;
        _plan = new TrainingPlan(arguments, train.Count);
        _device = evaluator.Device;
        _started = time.GetTimestamp();
        _loss = new ClassificationLoss(arguments, _device);
        _weights = new Weights(model, arguments.Bf16);
        _optimizer = new AdamW(_weights.Masters, arguments);
        _parameters = _weights.Masters.Sum(pair => pair.Parameter.numel());
        _state = new TrainerState { MaxSteps = _plan.MaxSteps, NumTrainEpochs = _plan.Epochs, TrainSamples = train.Count, StepsPerEpoch = _plan.StepsPerEpoch };
    }

    private double Runtime => _state.Runtime + _time.GetElapsedTime(_started).TotalSeconds;

    private bool HasStopped => _arguments.EarlyStoppingPatience is { } patience && _state.EarlyStoppingPatienceCounter >= patience;

    /// <summary>Goes on from a checkpoint; nothing is changed unless all of it can be used.</summary>
    public void Resume(string folder)
    {
        var (weights, optimizer, state) = Checkpoint.Read(folder);
        if (state.TrainSamples != _plan.Samples || state.StepsPerEpoch != _plan.StepsPerEpoch)
        {
            throw new VisionException(
                $"The checkpoint {folder} was made with {state.TrainSamples} training pictures and {state.StepsPerEpoch} steps per epoch, here are {_plan.Samples} and {_plan.StepsPerEpoch}: "
                + "use the same pictures, per_device_train_batch_size and gradient_accumulation_steps.");
        }
        if (state.BestModelCheckpoint is { } best && !Directory.Exists(best))
        {
            // The whole output folder may have been moved since.
            var moved = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, Path.GetFileName(best));
            state.BestModelCheckpoint = Directory.Exists(moved)
                ? moved
                : throw new VisionException($"The checkpoint {folder} names {best} as the best checkpoint, but that folder is missing.");
        }
        _optimizer.SetState(optimizer, state.GlobalStep);
        _model.SetWeights(weights);
        _weights.SetWeights(weights);
        _state = state with { MaxSteps = _plan.MaxSteps, NumTrainEpochs = _plan.Epochs };
    }

    public TrainingResult Run(CancellationToken cancellationToken)
    {
        _tell(new TrainingStarted(_train.Count, _state.GlobalStep, _plan.MaxSteps, _plan.StepsPerEpoch));
        while (_state.GlobalStep < _plan.MaxSteps && !HasStopped)
        {
            RunEpoch(_state.GlobalStep / _plan.StepsPerEpoch, cancellationToken);
            EndEpoch(cancellationToken);
        }
        if (_arguments.LoadBestModelAtEnd && _state.BestModelCheckpoint is { } best)
        {
            _weights.SetWeights(ModelWeights.Load(best));
        }
        _model.eval();
        return End();
    }

    private void RunEpoch(long epoch, CancellationToken cancellationToken)
    {
        var order = Chance.Order(_train.Count, _arguments.DataSeed ?? _arguments.Seed, epoch);
        var first = (int)(_state.GlobalStep % _plan.StepsPerEpoch);
        var last = (int)Math.Min(_plan.StepsPerEpoch, first + _plan.MaxSteps - _state.GlobalStep);
        var size = _arguments.PerDeviceTrainBatchSize;
        var places = Enumerable.Range(_plan.BatchesOf(first).From, _plan.BatchesOf(last - 1).To - _plan.BatchesOf(first).From)
            .Select(batch => new ReadOnlyMemory<int>(order, batch * size, Math.Min(size, order.Length - batch * size)));
        _model.train();
        using var batches = _reader
            .Read(_train, places, place => Chance.Random(_arguments.Seed, epoch, place), _arguments.Augmentation, cancellationToken).GetEnumerator();
        for (var step = first; step < last; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (from, to) = _plan.BatchesOf(step);
            Step(batches, to - from);
        }
    }

    private void Step(IEnumerator<Batch> batches, int count)
    {
        var rate = _plan.LearningRate(_state.GlobalStep);
        if (_model.Config is { HiddenDropoutProb: > 0 } or { AttentionProbsDropoutProb: > 0 })
        {
            manual_seed(Chance.TorchSeed(_arguments.Seed, _state.GlobalStep));
        }
        _weights.ZeroGrad();
        var (sum, samples) = (0.0, 0);
        for (var i = 0; i < count && batches.MoveNext(); i++)
        {
            using var scope = NewDisposeScope();
            var batch = batches.Current;
            var loss = _loss.Of(_model.forward(batch.InputTensor(_device)), batch.TargetTensor(_device)) / count;
            loss.backward();
            sum += loss.item<float>();
            samples += batch.Count;
        }
        if (!double.IsFinite(sum))
        {
            throw new VisionException($"The loss of step {_state.GlobalStep + 1} is {sum}: training has diverged. A lower learning_rate than {ParamText.Of(_arguments.LearningRate)}, a longer warm-up or a max_grad_norm helps.");
        }
        _weights.TakeGradients();
        if (_arguments.MaxGradNorm > 0)
        {
            _optimizer.ClipGradients(_arguments.MaxGradNorm);
        }
        _optimizer.Step(rate);
        _weights.GiveToModel();

        _state.GlobalStep++;
        _state.Epoch = _plan.EpochAt(_state.GlobalStep);
        _state.LossSum += sum;
        _state.SamplesSeen += samples;
        _state.TotalFlos += 6.0 * _parameters * _processor.Length * samples;
        _tell(new StepDone(_state.GlobalStep, _state.Epoch, sum, rate, samples));
        if (_state.GlobalStep % _arguments.LoggingSteps == 0 || (_state.GlobalStep == 1 && _arguments.LoggingFirstStep))
        {
            var loss = (_state.LossSum - _state.LoggedLossSum) / (_state.GlobalStep - _state.LoggedStep);
            (_state.LoggedLossSum, _state.LoggedStep) = (_state.LossSum, _state.GlobalStep);
            Log(new() { ["loss"] = loss, ["learning_rate"] = _plan.LearningRate(_state.GlobalStep) });
        }
    }

    private void EndEpoch(CancellationToken cancellationToken)
    {
        double? measured = null;
        if (_arguments.EvaluationStrategy == IntervalStrategy.Epoch)
        {
            var metrics = _evaluator.Evaluate(_validation, _loss, cancellationToken);
            Log(metrics);
            measured = Compare(metrics);
        }
        if (_arguments.SaveStrategy == IntervalStrategy.Epoch)
        {
            var isBest = measured is { } value && (_state.BestMetric is not { } best || IsBetter(value, best));
            if (isBest)
            {
                (_state.BestMetric, _state.BestModelCheckpoint) = (measured, Checkpoint.Folder(_arguments.OutputDir, _state.GlobalStep));
            }
            var folder = Checkpoint.Write(_arguments.OutputDir, _model.Config, _weights.GetWeights(), _processor, _optimizer.GetState(), _state with { Runtime = Runtime });
            if (_arguments.SaveTotalLimit is { } limit)
            {
                Checkpoint.Rotate(_arguments.OutputDir, limit, _state.BestModelCheckpoint);
            }
            _tell(new CheckpointSaved(folder, _state.GlobalStep, isBest));
        }
    }

    /// <summary>Counts for early stopping, as EarlyStoppingCallback: before the best value is replaced.</summary>
    private double? Compare(Dictionary<string, double> metrics)
    {
        if (_arguments.BestMetricName is not { } name)
        {
            return null;
        }
        if (!metrics.TryGetValue("eval_" + name, out var value))
        {
            throw new VisionException($"metric_for_best_model {name} cannot be measured on these validation pictures: do they have all classes? There are {string.Join(", ", metrics.Keys)}.");
        }
        if (!double.IsFinite(value))
        {
            throw new VisionException($"eval_{name} is {value} after step {_state.GlobalStep}: nothing can be compared with it. Have all validation pictures a class weight of 0, or has training diverged?");
        }
        var isBetter = _state.BestMetric is not { } best || (IsBetter(value, best) && Math.Abs(value - best) > _arguments.EarlyStoppingThreshold);
        _state.EarlyStoppingPatienceCounter = isBetter ? 0 : _state.EarlyStoppingPatienceCounter + 1;
        return value;
    }

    private bool IsBetter(double value, double best) => _arguments.IsGreaterBetter ? value > best : value < best;

    private TrainingResult End()
    {
        var runtime = Runtime;
        var loss = _state.GlobalStep == 0 ? 0 : _state.LossSum / _state.GlobalStep;
        Dictionary<string, double> metrics = new()
        {
            ["train_runtime"] = Math.Round(runtime, 4),
            ["train_samples_per_second"] = Math.Round(_state.SamplesSeen / runtime, 3),
            ["train_steps_per_second"] = Math.Round(_state.GlobalStep / runtime, 3),
            ["total_flos"] = _state.TotalFlos,
            ["train_loss"] = loss,
        };
        Log(metrics);
        return new TrainingResult
        {
            GlobalStep = _state.GlobalStep,
            TrainingLoss = loss,
            BestCheckpoint = _state.BestModelCheckpoint,
            BestMetric = _state.BestMetric,
            StoppedEarly = HasStopped && _state.GlobalStep < _plan.MaxSteps,
            Metrics = metrics,
        };
    }

    /// <summary>Tells values and keeps them; adds the epoch, as transformers does.</summary>
    private void Log(Dictionary<string, double> values)
    {
        values["epoch"] = Math.Round(_state.Epoch, 2);
        _state.LogHistory.Add(new(values) { ["step"] = _state.GlobalStep });
        _tell(new MetricsLogged(_state.GlobalStep, values));
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _weights.Dispose();
        _loss.Dispose();
    }
}
