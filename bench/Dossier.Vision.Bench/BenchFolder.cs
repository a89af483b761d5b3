using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using Dossier.Vision.Recording;

namespace Dossier.Vision.Bench;

/// <summary>A model as an MLflow Model's folder.</summary>
internal static class BenchFolder
{
    /// <summary>Writes it.</summary>
    public static void Write(string folder, ViTForImageClassification model)
    {
        var side = model.Config.ImageSize;
        MlflowModelFolder.Write(folder, model.Config, model.GetWeights(), new ImageProcessor { Height = side, Width = side }, new()
        {
            RunId = new string('0', 32), CreatedAt = DateTimeOffset.UnixEpoch, Example = SmoothPicture.Jpeg(side), SourceModelName = "bench",
        });
    }
}
