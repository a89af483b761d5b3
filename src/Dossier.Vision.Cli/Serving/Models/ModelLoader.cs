using Dossier.Client;
using Dossier.Protocol;
using Dossier.Vision.Cli.Serving.Input;
using Dossier.Vision.Inference;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Cli.Serving.Models;

/// <summary>Downloads a model, opens it and has it answer once before anybody relies on it.</summary>
internal sealed class ModelLoader(DossierClient? client, ClassifierOptions classifier, TimeProvider clock)
{
    private const int MaxFiles = 10_000;
    private const long MaxBytes = 16L << 30;
    private const int ParallelFiles = 4;
    private const string ExampleFile = "input_example.json";
    private const int MaxExampleBytes = 64 << 20;

    // Weights that ONNX Runtime does not read: half of what there would be to download.
    private static readonly string[] TorchWeights = [".safetensors", ".bin", ".pt", ".pth", ".h5", ".msgpack"];

    /// <summary>Loads a model, ready to answer.</summary>
    /// <param name="target">The model.</param>
    /// <param name="progress">Is told how many bytes have come so far.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="VisionException">It is no classifier that answers.</exception>
    /// <exception cref="ProtocolException">It can't be downloaded.</exception>
    public async Task<ServedModel> LoadAsync(ModelTarget target, IProgress<long>? progress, CancellationToken cancel)
    {
        if (target.Folder is { } folder)
        {
            return new(Open(folder), target, clock.GetUtcNow(), folderToDelete: null);
        }

        var downloaded = Directory.CreateTempSubdirectory("dossier-serving-").FullName;
        try
        {
            await DownloadAsync(target, downloaded, progress, cancel);
            return new(Open(downloaded), target, clock.GetUtcNow(), downloaded);
        }
        catch (Exception failure)
        {
            Delete(downloaded);
            if (failure is VisionException)
            {
                // The folder is gone and was nobody's: what is broken is a file of the model.
                throw new VisionException(failure.Message.Replace(downloaded + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), failure);
            }

            throw;
        }
    }

    /// <summary>Deletes a downloaded model's folder, if it can be.</summary>
    public static void Delete(string? folder)
    {
        try
        {
            if (folder is not null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (IOException)
        {
            // Left to whoever cleans the temporary folder: answering goes on.
        }
    }

    private async Task DownloadAsync(ModelTarget target, string folder, IProgress<long>? progress, CancellationToken cancel)
    {
        var files = new List<ArtifactFile>();
        await foreach (var file in client!.Artifacts.ListRecursivelyAsync(target.Location!, cancel))
        {
            files.Add(file);
            if (files.Count > MaxFiles || files.Sum(one => one.FileSize ?? 0) > MaxBytes)
            {
                throw new VisionException($"The files of {target} are more than a model has: at most {MaxFiles} files and {MaxBytes >> 30} GiB are downloaded.");
            }
        }

        if (!files.Any(file => file.Path == MlModelFile.Name))
        {
            throw new VisionException($"There is no {MlModelFile.Name} file where {target} should be: it is no MLflow Model.");
        }

        var hasGraph = files.Any(file => file.Path.EndsWith(".onnx", StringComparison.Ordinal));
        var needed = files.Where(file => !hasGraph || !TorchWeights.Contains(Path.GetExtension(file.Path)));
        var counts = new ByFile(progress);
        await Parallel.ForEachAsync(
            needed,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelFiles, CancellationToken = cancel },
            async (file, stop) => await client.Artifacts.DownloadFileAsync(
                file.Path.Split('/').Aggregate(target.Location!, static (at, name) => at.Child(name)), Local(folder, file.Path), counts.Of(), stop));
    }

    private static string Local(string folder, string path)
    {
        var local = Path.GetFullPath(Path.Combine(folder, path));
        return local.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? local
            : throw new VisionException($"The server lists a file that would lie outside of the model: '{Excerpt.Of(path)}'.");
    }

    private PictureClassifier Open(string folder)
    {
        var opened = PictureClassifier.Open(folder, classifier);
        try
        {
            _ = opened.Classify([Example(folder)]);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    // The model's own input example, which it must answer; a model without one (Python may log such) gets a black picture.
    private static Raster Example(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, ExampleFile));
        if (!file.Exists || file.Length > MaxExampleBytes)
        {
            return new(32, 32);
        }

        // The file holds what stands under "dataframe_split" in a request.
        byte[] request = [.. "{\"dataframe_split\":"u8, .. File.ReadAllBytes(file.FullName), .. "}"u8];
        try
        {
            return PictureDecoder.Decode(Base64Text.Decode(JsonInput.Read(request, most: 1024).First()));
        }
        catch (Exception failure) when (failure is ProtocolException or InvalidOperationException)
        {
            throw new VisionException($"The model's {ExampleFile} has no picture: {failure.Message}", failure);
        }
    }

    /// <summary>Adds up the bytes of files that are downloaded side by side.</summary>
    private sealed class ByFile(IProgress<long>? all)
    {
        private long _total;

        public IProgress<long>? Of() => all is null ? null : new One(this);

        private sealed class One(ByFile files) : IProgress<long>
        {
            private long _before;

            public void Report(long value)
            {
                var more = value - Interlocked.Exchange(ref _before, value);
                files.Report(more);
            }
        }

        private void Report(long more) => all!.Report(Interlocked.Add(ref _total, more));
    }
}
