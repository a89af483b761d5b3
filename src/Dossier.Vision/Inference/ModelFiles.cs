using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Inference;

/// <summary>Where an MLflow Model's folder has what a classifier needs, as its <c>MLmodel</c> file says. Every path lies below the folder.</summary>
internal sealed record ModelFiles
{
    private const string Task = "image-classification";

    /// <summary>The ONNX graph; null where the model has only weights.</summary>
    public required string? Graph { get; init; }

    /// <summary>The folder with <c>config.json</c> and, without a graph, the weights.</summary>
    public required string ConfigFolder { get; init; }

    /// <summary>The folder with <c>preprocessor_config.json</c>.</summary>
    public required string ProcessorFolder { get; init; }

    /// <exception cref="VisionException">Not such a model, a file is missing, or a path leaves the folder.</exception>
    public static ModelFiles Find(string modelFolder)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(modelFolder));
        var model = Read(Path.Combine(root, MlModelFile.Name));
        var flavors = model.ObjectAt("flavors") ?? throw new VisionException($"{MlModelFile.Name} in {root} has no 'flavors'.");
        var (onnx, transformers) = (flavors.ObjectAt("onnx"), flavors.ObjectAt("transformers"));
        if (onnx is null && transformers is null)
        {
            throw new VisionException($"The model in {root} has the flavors {string.Join(", ", flavors.Select(flavor => flavor.Key))}; a classifier needs 'onnx' or 'transformers'.");
        }

        if (transformers?.TextAt("task") is { } task && task != Task)
        {
            throw new VisionException($"The model in {root} is for the task '{task}'; a classifier of pictures has '{Task}'.");
        }

        // MLflow 2.6 calls it model_binary, earlier versions pipeline.
        var pipeline = Inside(root, transformers?.TextAt("model_binary") ?? transformers?.TextAt("pipeline"), "flavors.transformers");
        var graph = Inside(root, onnx?.TextAt("data"), "flavors.onnx.data");
        if (onnx is not null && graph is null)
        {
            throw new VisionException($"{MlModelFile.Name} in {root} has the flavor 'onnx', but its 'data' does not name the graph.");
        }

        if (graph is null && pipeline is null)
        {
            throw new VisionException($"The model in {root} has no weights with it (neither 'model_binary' nor 'pipeline'): log it with save_pretrained=True.");
        }

        if (graph is not null && !File.Exists(graph))
        {
            throw new VisionException($"{MlModelFile.Name} names the graph {Path.GetRelativePath(root, graph)}, but there is no such file in {root}.");
        }

        // Beside the graph, or above its folder as on the Hugging Face hub.
        var besideGraph = graph is null ? null : Path.GetDirectoryName(graph)!;
        var aboveGraph = besideGraph is null || besideGraph == root ? null : Path.GetDirectoryName(besideGraph);
        var components = Path.Combine(root, "components");
        return new ModelFiles
        {
            Graph = graph,
            ConfigFolder = First(root, ViTConfig.FileName, pipeline, besideGraph, aboveGraph),
            ProcessorFolder = First(
                root, ImageProcessor.FileName, Path.Combine(components, "image_processor"), Path.Combine(components, "feature_extractor"), pipeline, besideGraph, aboveGraph),
        };
    }

    private static RecordObject Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return MlModelFile.ReadAsync(stream, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (FormatException failure)
        {
            throw new VisionException($"{file} cannot be read: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"A model's folder has a file {MlModelFile.Name}; {file} cannot be opened: {failure.Message}", failure);
        }
    }

    private static string? Inside(string root, string? relative, string field)
    {
        if (relative is null)
        {
            return null;
        }

        var parts = relative.Split('/');
        if (parts.Any(part => part is "" or "." or "..") || relative.AsSpan().ContainsAny('\\', ':', '\0'))
        {
            throw new VisionException($"{MlModelFile.Name}: '{relative}' in {field} is not a path below the model's folder, such as 'pipeline/onnx/model.onnx'.");
        }

        return Path.Combine([root, .. parts]);
    }

    private static string First(string root, string file, params string?[] folders) =>
        folders.FirstOrDefault(folder => folder is not null && File.Exists(Path.Combine(folder, file)))
        ?? throw new VisionException(
            $"The model in {root} has no {file}; looked in {string.Join(", ", folders.OfType<string>().Select(folder => Path.GetRelativePath(root, folder)))}.");
}
