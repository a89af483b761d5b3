using Dossier.Protocol.Json;
using Dossier.Protocol.Yaml;

namespace Dossier.Vision.Recording;

/// <summary>
/// The Python environment that a model asks for, as MLflow writes it three times: <c>requirements.txt</c> for pip, <c>conda.yaml</c> for conda,
/// <c>python_env.yaml</c> for virtualenv. The versions are of one summer and fit together; ONNX Runtime 1.18 reads opsets up to 21.
/// </summary>
internal static class PythonEnvironment
{
    public const string CondaFile = "conda.yaml";
    public const string VirtualenvFile = "python_env.yaml";
    public const string RequirementsFile = "requirements.txt";
    public const string PythonVersion = "3.10.14";
    public const string MlflowVersion = "2.14.2";
    public const string TransformersVersion = "4.41.2";
    public const string OnnxVersion = "1.16.1";

    private static readonly IReadOnlyList<string> Requirements =
    [
        "mlflow==" + MlflowVersion,
        "accelerate==0.31.0",
        "numpy==1.26.4",
        "onnx==" + OnnxVersion,
        "onnxruntime==1.18.1",
        "pillow==10.3.0",
        "torch==2.3.1",
        "torchvision==0.18.1",
        "transformers==" + TransformersVersion,
    ];

    public static void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, RequirementsFile), string.Join('\n', Requirements) + "\n");
        File.WriteAllText(Path.Combine(folder, CondaFile), YamlWriter.Write(Conda()));
        File.WriteAllText(Path.Combine(folder, VirtualenvFile), YamlWriter.Write(Virtualenv()));
    }

    private static RecordObject Conda() => new()
    {
        ["channels"] = new RecordList(new RecordText("conda-forge")),
        ["dependencies"] = new RecordList(
            new RecordText("python=" + PythonVersion),
            new RecordText("pip<=24.0"),
            new RecordObject { ["pip"] = new RecordList(Requirements.Select(RecordValue.Of)) }),
        ["name"] = new RecordText("mlflow-env"),
    };

    private static RecordObject Virtualenv() => new()
    {
        ["python"] = new RecordText(PythonVersion),
        ["build_dependencies"] = new RecordList(new RecordText("pip==24.0"), new RecordText("setuptools==69.5.1"), new RecordText("wheel==0.43.0")),
        ["dependencies"] = new RecordList(new RecordText("-r " + RequirementsFile)),
    };
}
