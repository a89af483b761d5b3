using System.Globalization;
using Dossier.Protocol.Json;

namespace Dossier.Vision.Recording;

/// <summary>The <c>MLmodel</c> file of a classifier, in the form of MLflow 2.14, readable by every MLflow since 2.3.</summary>
/// <remarks>
/// What <c>mlflow.transformers.load_model</c> looks for in the flavor <c>transformers</c>, from MLflow's published sources:
/// <list type="bullet">
/// <item>2.3.0 to 2.4.0: <c>task</c>, <c>pipeline_model_type</c>, <c>pipeline</c> (the folder with model and processor), <c>components</c> and for each of them <c>…_type</c>.</item>
/// <item>From 2.4.1: the same, but the folder is named by <c>model_binary</c>. Where a component is named, its files lie in <c>components/NAME</c>. <c>torch_dtype</c> is optional.</item>
/// </list>
/// Both keys name the same folder here. <c>framework</c> is optional for all of them and left out: transformers 5 refuses the argument that MLflow makes of it.
/// The flavor <c>onnx</c> needs <c>data</c>; <c>python_function</c> needs <c>loader_module</c> and reads the flavor <c>transformers</c> by itself.
/// </remarks>
internal static class MlModelDocument
{
    public static JsonObject Of(MlflowModelDescription description, long sizeInBytes) => new()
    {
        ["artifact_path"] = new JsonString(description.ArtifactPath),
        ["flavors"] = new JsonObject
        {
            // The first one gives a report its flavor's version.
            ["transformers"] = Transformers(description),
            ["python_function"] = PythonFunction(),
            ["onnx"] = Onnx(),
        },
        ["mlflow_version"] = new JsonString(PythonEnvironment.MlflowVersion),
        ["model_size_bytes"] = JsonValue.Of(sizeInBytes),
        ["model_uuid"] = new JsonString(Guid.NewGuid().ToString("N")),
        ["run_id"] = new JsonString(description.RunId),
        ["saved_input_example_info"] = new JsonObject
        {
            ["artifact_path"] = new JsonString(InputExample.File),
            ["pandas_orient"] = new JsonString("split"),
            ["type"] = new JsonString("dataframe"),
        },
        ["signature"] = new JsonObject
        {
            ["inputs"] = new JsonString(InputExample.Inputs),
            ["outputs"] = new JsonString(InputExample.Outputs),
            ["params"] = JsonNull.Value,
        },
        ["utc_time_created"] = new JsonString(description.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)),
    };

    private static JsonObject Transformers(MlflowModelDescription description) => new()
    {
        ["code"] = JsonNull.Value,
        ["components"] = new JsonArray(new JsonString("image_processor")),
        ["image_processor_type"] = new JsonString("ViTImageProcessor"),
        ["instance_type"] = new JsonString("ImageClassificationPipeline"),
        ["model_binary"] = new JsonString(MlflowModelFolder.PipelinePath),
        ["pipeline"] = new JsonString(MlflowModelFolder.PipelinePath),
        ["pipeline_model_type"] = new JsonString("ViTForImageClassification"),
        ["source_model_name"] = new JsonString(description.SourceModelName),
        ["task"] = new JsonString("image-classification"),
        ["torch_dtype"] = new JsonString("torch.float32"),
        ["transformers_version"] = new JsonString(PythonEnvironment.TransformersVersion),
    };

    private static JsonObject PythonFunction() => new()
    {
        ["code"] = JsonNull.Value,
        ["env"] = new JsonObject
        {
            ["conda"] = new JsonString(PythonEnvironment.CondaFile),
            ["virtualenv"] = new JsonString(PythonEnvironment.VirtualenvFile),
        },
        ["loader_module"] = new JsonString("mlflow.transformers"),
        ["python_version"] = new JsonString(PythonEnvironment.PythonVersion),
    };

    private static JsonObject Onnx() => new()
    {
        ["code"] = JsonNull.Value,
        ["data"] = new JsonString(MlflowModelFolder.OnnxPath),
        ["onnx_session_options"] = JsonNull.Value,
        ["onnx_version"] = new JsonString(PythonEnvironment.OnnxVersion),
        ["providers"] = new JsonArray(new JsonString("CUDAExecutionProvider"), new JsonString("CPUExecutionProvider")),
    };
}
