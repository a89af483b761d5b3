using Dossier.Protocol;
using Dossier.Vision.Inference;
using Dossier.Vision.Model;
using Dossier.Vision.Onnx;
using Dossier.Vision.Pictures;
using Dossier.Vision.Tests.Model;
using Dossier.Vision.Tests.Onnx;

namespace Dossier.Vision.Tests.Inference;

/// <summary>A small model's folder, as MLflow lays it out; gone when the test is.</summary>
internal sealed class SampleModel : IDisposable
{
    public const string Both =
        """
        flavors:
          transformers:
            task: image-classification
            pipeline: pipeline
          onnx:
            data: pipeline/onnx/model.onnx
        run_id: 0123456789abcdef0123456789abcdef
        """;

    private readonly TemporaryFolder _folder = new();

    public SampleModel(string mlModel = Both, ViTConfig? config = null)
    {
        Config = config ?? new ViTConfig
        {
            HiddenSize = 32,
            NumHiddenLayers = 2,
            NumAttentionHeads = 2,
            IntermediateSize = 64,
            ImageSize = 16,
            PatchSize = 8,
            Labels = ["normal", "damaged", "dusty"],
        };
        Weights = SampleWeights.Of(Config);
        Processor = new ImageProcessor { Height = Config.ImageSize, Width = Config.ImageSize };
        File.WriteAllText(_folder.File(MlModelFile.Name), mlModel);
        Directory.CreateDirectory(_folder.File("components/image_processor"));
        Processor.Save(_folder.File("components/image_processor"));
        Config.Save(_folder.File("pipeline"));
        OnnxExporter.Write(Config, Weights, Graph);
    }

    public ViTConfig Config { get; }

    public Dictionary<string, HostTensor> Weights { get; }

    public ImageProcessor Processor { get; }

    public string Graph => _folder.File("pipeline/onnx/model.onnx");

    public string FileAt(string name) => _folder.File(name);

    public PictureClassifier Open(ClassifierOptions? options = null) => PictureClassifier.Open(_folder.Path, options);

    public string Refusal() => Assert.Throws<VisionException>(() => Open().Dispose()).Message;

    /// <summary>A picture of noise.</summary>
    public static Raster Picture(int seed, int width = 16, int height = 16)
    {
        var picture = new Raster(width, height);
        new Random(seed).NextBytes(picture.Pixels);
        return picture;
    }

    public void Dispose() => _folder.Dispose();
}
