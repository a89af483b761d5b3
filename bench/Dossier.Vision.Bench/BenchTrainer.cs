using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Dossier.Vision.Data;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using Dossier.Vision.Training;

namespace Dossier.Vision.Bench;

/// <summary>Dossier's trainer on JPEGs of twice the model's side, with its default augmentation.</summary>
internal sealed class BenchTrainer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dossier-vision-bench-");
    private readonly Trainer _trainer;
    private readonly IReadOnlyList<Picture> _pictures;

    /// <param name="model">Trained in place.</param>
    /// <param name="batch">Pictures of a step.</param>
    /// <param name="steps">Steps of a turn, the first for warm-up.</param>
    public BenchTrainer(ViTForImageClassification model, int batch, int steps)
    {
        var side = model.Config.ImageSize;
        _trainer = new Trainer(model, new ImageProcessor { Height = side, Width = side }, new TrainingArguments
        {
            OutputDir = _folder.FullName, NoCuda = true, PerDeviceTrainBatchSize = batch, MaxSteps = steps, SaveStrategy = IntervalStrategy.No, LearningRate = 1e-5,
        });
        _pictures = [.. Enumerable.Range(0, 4 * batch).Select(number => Make(2 * side, number, model.Config.Labels))];
    }

    /// <summary>Seconds of all steps but the first.</summary>
    public double Turn(CancellationToken stop)
    {
        var clock = new StepClock();
        _trainer.TrainAsync(_pictures, [], clock, stop).GetAwaiter().GetResult();
        return Stopwatch.GetElapsedTime(clock.First, clock.Last).TotalSeconds;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Picture Make(int side, int number, IReadOnlyList<string> labels)
    {
        var bytes = SmoothPicture.Jpeg(side, number);
        return new Picture
        {
            Name = number.ToString(CultureInfo.InvariantCulture), Label = labels[number % labels.Count], Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Length = bytes.Length, Width = side, Height = side, Fingerprint = Fingerprint.Of(PictureDecoder.Decode(bytes)), ReadAsync = _ => new(bytes),
        };
    }

    private sealed class StepClock : IProgress<TrainingEvent>
    {
        public long First { get; private set; }

        public long Last { get; private set; }

        public void Report(TrainingEvent value)
        {
            if (value is StepDone step)
            {
                Last = Stopwatch.GetTimestamp();
                First = step.Step == 1 ? Last : First;
            }
        }
    }
}
