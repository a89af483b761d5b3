using System.Globalization;
using System.Text.Json;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Training;

/// <summary>
/// A folder <c>checkpoint-STEP</c>: the model as transformers loads it, the optimiser's moments and <see cref="TrainerState"/>. There is no generator's state and no
/// scheduler's: both follow from the step (<see cref="Chance"/>, <see cref="TrainingPlan.LearningRate"/>).
/// </summary>
internal sealed record Checkpoint(IReadOnlyDictionary<string, HostTensor> Weights, IReadOnlyDictionary<string, HostTensor> Optimizer, TrainerState State)
{
    private const string Prefix = "checkpoint-";
    private const string OptimizerName = "optimizer.safetensors";
    private const long MaxStateBytes = 256 << 20;

    /// <summary>The folder of a step's checkpoint.</summary>
    public static string Folder(string outputDir, long step) => Path.Combine(Path.GetFullPath(outputDir), string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step}"));

    /// <summary>The checkpoints of a folder, oldest step first. Only folders that a training wrote count.</summary>
    public static IReadOnlyList<(long Step, string Folder)> List(string outputDir) => !Directory.Exists(outputDir) ? [] :
    [
        .. from folder in Directory.EnumerateDirectories(Path.GetFullPath(outputDir), Prefix + "*")
           let number = Path.GetFileName(folder)[Prefix.Length..]
           where long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _) && File.Exists(Path.Combine(folder, TrainerState.FileName))
           let step = long.Parse(number, CultureInfo.InvariantCulture)
           orderby step
           select (step, folder),
    ];

    /// <summary>Writes a checkpoint; its folder is there only when everything in it is.</summary>
    /// <returns>The folder.</returns>
    public static string Write(
        string outputDir, ViTConfig config, IReadOnlyDictionary<string, HostTensor> weights, ImageProcessor processor, IReadOnlyDictionary<string, HostTensor> optimizer, TrainerState state)
    {
        var folder = Folder(outputDir, state.GlobalStep);
        var part = folder + ".part";
        Remove(part);
        try
        {
            Directory.CreateDirectory(part);
            config.Save(part);
            ModelWeights.Save(part, weights);
            processor.Save(part);
            WholeFile.Write(Path.Combine(part, OptimizerName), file => SafeTensorsWriter.Write(file, optimizer));
            WholeFile.Write(Path.Combine(part, TrainerState.FileName), file => JsonSerializer.Serialize(file, state, TrainerStateJson.Default.TrainerState));
            Remove(folder);
            Directory.Move(part, folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Remove(part);
            throw new VisionException($"The checkpoint {folder} cannot be written: {error.Message}", error);
        }
        return folder;
    }

    /// <summary>Reads all of a checkpoint.</summary>
    /// <exception cref="VisionException">A file is missing, cut off or malformed.</exception>
    public static Checkpoint Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new VisionException($"resume_from_checkpoint: there is no folder {folder}.");
        }
        try
        {
            var state = ReadState(Path.Combine(folder, TrainerState.FileName));
            return new Checkpoint(ModelWeights.Load(folder), SafeTensorsReader.Read(Path.Combine(folder, OptimizerName)), state);
        }
        catch (Exception error) when (error is VisionException or IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"The checkpoint {folder} cannot be used: {error.Message} Nothing was changed; go on from another checkpoint or start anew.", error);
        }
    }

    /// <summary>Removes what is beyond the limit: the oldest first, never <paramref name="best"/> nor the newest.</summary>
    public static void Rotate(string outputDir, int limit, string? best)
    {
        var all = List(outputDir);
        var removable = all.SkipLast(1).Where(checkpoint => checkpoint.Folder != best).ToList();
        foreach (var (_, folder) in removable.Take(Math.Max(0, all.Count - limit)))
        {
            Remove(folder);
        }
    }

    /// <summary>Removes all checkpoints of a folder.</summary>
    public static void RemoveAll(string outputDir)
    {
        foreach (var (_, folder) in List(outputDir))
        {
            Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TrainerState ReadState(string file)
    {
        if (new FileInfo(file) is not { Exists: true, Length: <= MaxStateBytes })
        {
            throw new VisionException($"{TrainerState.FileName} is missing or too large.");
        }
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize(stream, TrainerStateJson.Default.TrainerState) is { GlobalStep: >= 0, LogHistory: not null } state
                ? state
                : throw new VisionException($"{TrainerState.FileName} has no log_history, or a negative global_step.");
        }
        catch (JsonException error)
        {
            throw new VisionException($"{TrainerState.FileName} is cut off or malformed: {error.Message}", error);
        }
    }
}
