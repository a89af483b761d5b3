using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using Dossier.Vision.Recording;
using Dossier.Vision.Tests.Onnx;

namespace Dossier.Vision.Serving.Tests;

/// <summary>A real model, as training logs it, that is small enough for a test.</summary>
internal static class TinyModel
{
    private static readonly ViTConfig Shape = new()
    {
        HiddenSize = 32, NumHiddenLayers = 2, NumAttentionHeads = 2, IntermediateSize = 64, ImageSize = 16, PatchSize = 8,
    };

    /// <summary>Writes it into a new folder.</summary>
    public static string Write(string folder, params string[] labels)
    {
        var config = Shape with { Labels = labels };
        var description = new MlflowModelDescription
        {
            RunId = "0123456789abcdef0123456789abcdef", CreatedAt = DateTimeOffset.UnixEpoch, Example = Pictures.Png(0), SourceModelName = "checkpoint-1",
        };
        MlflowModelFolder.Write(folder, config, SampleWeights.Of(config), new() { Height = 16, Width = 16 }, description);
        return folder;
    }
}

/// <summary>Pictures that differ by their number.</summary>
internal static class Pictures
{
    public static byte[] Png(int number) => PictureEncoder.Png(Raster(number));

    public static byte[] Jpeg(int number) => PictureEncoder.Jpeg(Raster(number));

    public static string Base64(int number) => Convert.ToBase64String(Png(number));

    public static Raster Raster(int number)
    {
        var random = new Random(number);
        var raster = new Raster(20, 14);
        random.NextBytes(raster.Pixels);
        return raster;
    }
}
