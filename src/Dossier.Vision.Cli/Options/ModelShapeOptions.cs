using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.Vision.Model;

namespace Dossier.Vision.Cli.Options;

/// <summary>What training starts from: a checkpoint, or a new model of a shape.</summary>
internal static class ModelShapeOptions
{
    private const int MlpFactor = 4;

    private static readonly ViTConfig Defaults = new();

    private static readonly Option<string?> BaseFolder = new("--base")
    {
        Description = "Fine-tune this checkpoint: a folder with config.json and model.safetensors or pytorch_model.bin, e.g. a copy of google/vit-base-patch16-224. "
            + "Without it, a new model learns from nothing, with the shape below",
        HelpName = "FOLDER",
    };

    private static readonly Option<int?> HiddenSize = ValueOption.Maybe<int>("--hidden-size", $"New model: width of the token vectors [default: {Defaults.HiddenSize}]");

    private static readonly Option<int?> Layers = ValueOption.Maybe<int>("--layers", $"New model: encoder layers [default: {Defaults.NumHiddenLayers}]");

    private static readonly Option<int?> Heads = ValueOption.Maybe<int>(
        "--heads", $"New model: attention heads; divides --hidden-size [default: {Defaults.NumAttentionHeads}]");

    private static readonly Option<int?> ImageSize = ValueOption.Maybe<int>("--image-size", $"New model: side of its input in pixels [default: {Defaults.ImageSize}]");

    private static readonly Option<int?> PatchSize = ValueOption.Maybe<int>(
        "--patch-size", $"New model: side of a patch in pixels; divides --image-size [default: {Defaults.PatchSize}]");

    private static readonly Option<double?> InitializerRange = ValueOption.Maybe<double>(
        "--initializer-range", $"New model: standard deviation of its first weights; a small model from nothing wants more [default: {Defaults.InitializerRange}]");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } = [BaseFolder, HiddenSize, Layers, Heads, ImageSize, PatchSize, InitializerRange];

    /// <summary>The checkpoint's folder; null for a new model.</summary>
    /// <exception cref="UsageException">There is a shape for it too.</exception>
    public static string? Base(ParseResult parsed)
    {
        var folder = parsed.GetValue(BaseFolder);
        var shape = All.FirstOrDefault(option => option != BaseFolder && parsed.GetResult(option) is not null);
        return folder is null || shape is null ? folder : throw new UsageException($"'{shape.Name}' is for a new model; that of --base has its shape. Leave one of the two out.");
    }

    /// <summary>The new model's shape; its MLP is four times as wide as its tokens, as in every ViT of the paper.</summary>
    /// <exception cref="UsageException">The numbers do not fit together.</exception>
    public static ViTConfig NewModel(ParseResult parsed)
    {
        var (hidden, heads) = (parsed.GetValue(HiddenSize) ?? Defaults.HiddenSize, parsed.GetValue(Heads) ?? Defaults.NumAttentionHeads);
        var (image, patch) = (parsed.GetValue(ImageSize) ?? Defaults.ImageSize, parsed.GetValue(PatchSize) ?? Defaults.PatchSize);
        var range = parsed.GetValue(InitializerRange) ?? Defaults.InitializerRange;
        var layers = parsed.GetValue(Layers) ?? Defaults.NumHiddenLayers;
        Need(hidden is > 0 and <= 8192 && heads > 0 && hidden % heads == 0, $"--hidden-size ({hidden}) must be a multiple of --heads ({heads}), 8192 at most, e.g. 192 and 3.");
        Need(image is > 0 and <= 2048 && patch > 0 && image % patch == 0, $"--image-size ({image}) must be a multiple of --patch-size ({patch}), 2048 at most, e.g. 224 and 16.");
        Need(layers is > 0 and <= 128, $"--layers is {layers}: it must be 1 to 128.");
        Need(range is > 0 and <= 1, $"--initializer-range is {range}: it must be above 0 and 1 at most, e.g. 0.1.");
        return Defaults with
        {
            HiddenSize = hidden,
            NumHiddenLayers = layers,
            NumAttentionHeads = heads,
            IntermediateSize = MlpFactor * hidden,
            ImageSize = image,
            PatchSize = patch,
            InitializerRange = range,
            EncoderStride = patch,
        };
    }

    private static void Need(bool holds, string message)
    {
        if (!holds)
        {
            throw new UsageException(message);
        }
    }
}
