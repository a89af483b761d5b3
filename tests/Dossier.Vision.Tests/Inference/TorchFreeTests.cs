using System.Reflection;
using System.Runtime.Loader;
using Dossier.Vision.Inference;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Inference;

public sealed class TorchFreeTests
{
    [Fact]
    public void Classifying_and_explaining_load_no_torch()
    {
        // Dossier.Vision once more, apart from the tests that do use torch: what it asks for is seen.
        using var model = new SampleModel("flavors:\n  transformers:\n    task: image-classification\n    pipeline: pipeline\n");
        Vision.Model.ModelWeights.Save(model.FileAt("pipeline"), model.Weights);
        var apart = new Apart();
        var vision = apart.LoadFromAssemblyPath(typeof(PictureClassifier).Assembly.Location);
        var type = vision.GetType(typeof(PictureClassifier).FullName!)!;
        var picture = Activator.CreateInstance(vision.GetType(typeof(Raster).FullName!)!, 16, 16)!;
        var pictures = Array.CreateInstance(picture.GetType(), 1);
        pictures.SetValue(picture, 0);

        using var classifier = (IDisposable)type.GetMethod(nameof(PictureClassifier.Open), [typeof(string), vision.GetType(typeof(ClassifierOptions).FullName!)!])!
            .Invoke(null, [Path.GetDirectoryName(model.FileAt("MLmodel")), null])!;
        var answers = (IEnumerable<object>)type.GetMethod(nameof(PictureClassifier.Classify))!.Invoke(classifier, [pictures])!;
        var map = vision.GetType(typeof(Occlusion).FullName!)!.GetMethod(nameof(Occlusion.Explain))!.Invoke(null, [classifier, picture, null, null, CancellationToken.None]);

        Assert.Single(answers);
        Assert.NotNull(map);
        Assert.Contains("Microsoft.ML.OnnxRuntime", apart.Asked);
        Assert.DoesNotContain(apart.Asked, name => name.Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    private sealed class Apart() : AssemblyLoadContext("apart")
    {
        public HashSet<string> Asked { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Asked.Add(assemblyName.Name!);
            return null;
        }
    }
}
