using Dossier.Protocol;
using Dossier.Protocol.Yaml;
using Dossier.Vision.Model;
using Dossier.Vision.Onnx;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Recording;

/// <summary>
/// Writes a trained classifier as an MLflow Model with the flavors <c>transformers</c>, <c>onnx</c> and <c>python_function</c>:
/// <c>MLmodel</c>, <c>conda.yaml</c>, <c>python_env.yaml</c>, <c>requirements.txt</c>, <c>input_example.json</c>, <c>components/image_processor/</c>, and <c>pipeline/</c>, which is
/// laid out as a repository of the Hugging Face hub: <c>config.json</c>, <c>model.safetensors</c>, <c>preprocessor_config.json</c>, <c>onnx/model.onnx</c>.
/// </summary>
public static class MlflowModelFolder
{
    /// <summary>Where the ONNX graph lies in the model.</summary>
    public const string OnnxPath = "pipeline/onnx/model.onnx";

    /// <summary>Where the transformers model lies in the model.</summary>
    public const string PipelinePath = "pipeline";

    /// <summary>Where the image processor lies in the model.</summary>
    public const string ProcessorPath = "components/image_processor";

    /// <summary>Writes the folder, which must be empty or missing.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="config">The shape.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="processor">The image processor.</param>
    /// <param name="description">What only the run knows.</param>
    /// <exception cref="VisionException">The folder holds something already.</exception>
    public static void Write(
        string folder, ViTConfig config, IReadOnlyDictionary<string, HostTensor> weights, ImageProcessor processor, MlflowModelDescription description)
    {
        ArgumentNullException.ThrowIfNull(processor);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(description);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new VisionException($"A model is written into an empty folder; '{folder}' holds something already.");
        }

        var (pipeline, component) = (At(folder, PipelinePath), At(folder, ProcessorPath));
        Directory.CreateDirectory(component);
        Directory.CreateDirectory(Path.GetDirectoryName(At(folder, OnnxPath))!);
        processor.Save(component);
        processor.Save(pipeline);
        config.Save(pipeline);
        ModelWeights.Save(pipeline, weights);
        OnnxExporter.Write(config, weights, At(folder, OnnxPath));
        InputExample.Write(folder, description.Example);
        PythonEnvironment.Write(folder);

        // Last: a folder without this file is no model, so an interrupted one is never taken for whole.
        var size = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        File.WriteAllText(At(folder, MlModelFile.Name), YamlWriter.Write(MlModelDocument.Of(description, size)));
    }

    private static string At(string folder, string path) => Path.Combine([folder, .. path.Split('/')]);
}

/// <summary>What an MLmodel file says beside the model itself.</summary>
public sealed record MlflowModelDescription
{
    /// <summary>The run that made it.</summary>
    public required string RunId { get; init; }

    /// <summary>The path below the run's artifacts.</summary>
    public string ArtifactPath { get; init; } = "model";

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The encoded picture that becomes the input example.</summary>
    public required ReadOnlyMemory<byte> Example { get; init; }

    /// <summary>Where the weights came from, e.g. the best checkpoint's folder (<c>source_model_name</c>).</summary>
    public required string SourceModelName { get; init; }
}
