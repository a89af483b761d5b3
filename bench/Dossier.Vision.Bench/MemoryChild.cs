using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Dossier.Bench;
using Dossier.Vision.Inference;
using Dossier.Vision.Model;
using static TorchSharp.torch;

namespace Dossier.Vision.Bench;

/// <summary>What a process is looked at for its memory while it does it.</summary>
internal enum MemoryUse
{
    /// <summary>Two steps of Dossier's trainer.</summary>
    Trainer,

    /// <summary>Two steps of the plain loop.</summary>
    PlainTraining,

    /// <summary>Two answers of Dossier's classifier.</summary>
    Classifier,

    /// <summary>Two answers in TorchSharp.</summary>
    PlainInference,
}

/// <summary>Peaks of memory. Each is that of a process of its own: within one, what came before would stay in it.</summary>
internal static class MemoryChild
{
    private const string Name = "memory";
    private const int Rounds = 2;

    private static readonly BenchModel[] Models = [BenchModel.Tiny, BenchModel.Small, BenchModel.Base];

    /// <summary>The command that such a process runs: does it and prints its peak in bytes.</summary>
    public static Command Command()
    {
        var use = new Argument<MemoryUse>("use");
        var model = new Argument<int>("model");
        var batch = new Argument<int>("batch");
        var folder = new Argument<string>("folder");
        var command = new Command(Name) { use, model, batch, folder };
        command.Hidden = true;
        command.SetAction(arguments =>
        {
            Do(arguments.GetValue(use), Models[arguments.GetValue(model)].Config, arguments.GetValue(batch), arguments.GetValue(folder)!);
            using var self = Process.GetCurrentProcess();
            Console.Out.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        });
        return command;
    }

    /// <summary>The peak resident memory in MB of a process that does something.</summary>
    public static double Peak(BenchModel model, int batch, MemoryUse use)
    {
        var folder = Directory.CreateTempSubdirectory("dossier-vision-bench-");
        try
        {
            if (use == MemoryUse.Classifier)
            {
                using var made = new ViTForImageClassification(model.Config);
                BenchFolder.Write(folder.FullName, made);
            }

            string[] arguments = [Name, $"{use}", $"{Array.IndexOf(Models, model)}", batch.ToString(CultureInfo.InvariantCulture), folder.FullName];
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Dossier.Vision.Bench.dll"), .. arguments]) { RedirectStandardOutput = true };
            using var child = Process.Start(start)!;
            var printed = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            return child.ExitCode == 0 && long.TryParse(printed, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var bytes) && bytes > 0
                ? bytes / 1e6
                : throw new BenchException($"The process that measures the memory of {use} ended with {child.ExitCode} and without a figure.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Do(MemoryUse use, ViTConfig config, int batch, string folder)
    {
        if (use == MemoryUse.Classifier)
        {
            using var classifier = PictureClassifier.Open(folder);
            var inputs = new float[batch * classifier.Processor.Length];
            for (var round = 0; round < Rounds; round++)
            {
                _ = classifier.Logits(inputs, batch);
            }

            return;
        }

        using var model = new ViTForImageClassification(config);
        if (use == MemoryUse.Trainer)
        {
            using var trainer = new BenchTrainer(model, batch, Rounds);
            trainer.Turn(CancellationToken.None);
        }
        else if (use == MemoryUse.PlainTraining)
        {
            using var training = new PlainTraining(model, batch);
            for (var round = 0; round < Rounds; round++)
            {
                training.Step();
            }
        }
        else
        {
            model.eval();
            using var still = inference_mode();
            for (var round = 0; round < Rounds; round++)
            {
                using var scope = NewDisposeScope();
                _ = model.forward(zeros(batch, 3, config.ImageSize, config.ImageSize)).data<float>().ToArray();
            }
        }
    }
}
