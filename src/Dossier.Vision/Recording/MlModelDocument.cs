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
    public static RecordObject Of(MlflowModelDescription description, long sizeInBytes) => new()
    {
        ["artifact_path"] = new RecordText(description.ArtifactPath),
        ["flavors"] = new RecordObject
        {
            // The first one gives a report its flavor's version.
            ["transformers"] = Transformers(description),
            ["python_function"] = PythonFunction(),
            ["onnx"] = Onnx(),
        },
        ["mlflow_version"] = new RecordText(PythonEnvironment.MlflowVersion),
        ["model_size_bytes"] = RecordValue.Of(sizeInBytes),
        ["model_uuid"] = new RecordText(Guid.NewGuid().ToString("N")),
        ["run_id"] = new RecordText(description.RunId),
        ["saved_input_example_info"] = new RecordObject
        {
            ["artifact_path"] = new RecordText(InputExample.File),
            ["pandas_orient"] = new RecordText("split"),
            ["type"] = new RecordText("dataframe"),
        },
        ["signature"] = new RecordObject
        {
            ["inputs"] = new RecordText(InputExample.Inputs),
            ["outputs"] = new RecordText(InputExample.Outputs),
            ["params"] = RecordNull.Value,
        },
        ["utc_time_created"] = new RecordText(description.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)),
    };

    private static RecordObject Transformers(MlflowModelDescription description) => new()
    {
        ["code"] = RecordNull.Value,
        ["components"] = new RecordList(new RecordText("image_processor")),
        ["image_processor_type"] = new RecordText("ViTImageProcessor"),
        ["instance_type"] = new RecordText("ImageClassificationPipeline"),
        ["model_binary"] = new RecordText(MlflowModelFolder.PipelinePath),
        ["pipeline"] = new RecordText(MlflowModelFolder.PipelinePath),
        ["pipeline_model_type"] = new RecordText("ViTForImageClassification"),
        ["source_model_name"] = new RecordText(description.SourceModelName),
        ["task"] = new RecordText("image-classification"),
        ["torch_dtype"] = new RecordText("torch.float32"),
        ["transformers_version"] = new RecordText(PythonEnvironment.TransformersVersion),
    };

    private static RecordObject PythonFunction() => new()
    {
        ["code"] = RecordNull.Value,
        ["env"] = new RecordObject
        {
            ["conda"] = new RecordText(PythonEnvironment.CondaFile),
            ["virtualenv"] = new RecordText(PythonEnvironment.VirtualenvFile),
        },
        ["loader_module"] = new RecordText("mlflow.transformers"),
        ["python_version"] = new RecordText(PythonEnvironment.PythonVersion),
    };

    private static RecordObject Onnx() => new()
    {
        ["code"] = RecordNull.Value,
        ["data"] = new RecordText(MlflowModelFolder.OnnxPath),
        ["onnx_session_options"] = RecordNull.Value,
        ["onnx_version"] = new RecordText(PythonEnvironment.OnnxVersion),
        ["providers"] = new RecordList(new RecordText("CUDAExecutionProvider"), new RecordText("CPUExecutionProvider")),
    };
}
