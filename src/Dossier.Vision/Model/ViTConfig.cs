namespace Dossier.Vision.Model;

/// <summary>The shape of a vision transformer: <c>config.json</c> with the names and defaults of transformers' ViTConfig.</summary>
public sealed record ViTConfig
{
    /// <summary>The file's name.</summary>
    public const string FileName = "config.json";

    /// <summary>The transformers release whose format is written (<c>transformers_version</c>).</summary>
    public const string TransformersVersion = "4.28.1";

    /// <summary>Width of the token vectors (<c>hidden_size</c>).</summary>
    public int HiddenSize { get; init; } = 768;

    /// <summary>Encoder layers (<c>num_hidden_layers</c>).</summary>
    public int NumHiddenLayers { get; init; } = 12;

    /// <summary>Attention heads; divides <see cref="HiddenSize"/> (<c>num_attention_heads</c>).</summary>
    public int NumAttentionHeads { get; init; } = 12;

    /// <summary>Width of the MLP (<c>intermediate_size</c>).</summary>
    public int IntermediateSize { get; init; } = 3072;

    /// <summary>Only <c>gelu</c>, the exact one (<c>hidden_act</c>).</summary>
    public string HiddenAct { get; init; } = "gelu";

    /// <summary>Dropout after embeddings and blocks, from 0 to below 1 (<c>hidden_dropout_prob</c>).</summary>
    public double HiddenDropoutProb { get; init; }

    /// <summary>Dropout of attention weights, from 0 to below 1 (<c>attention_probs_dropout_prob</c>).</summary>
    public double AttentionProbsDropoutProb { get; init; }

    /// <summary>Standard deviation of new weights (<c>initializer_range</c>).</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>Of the layer norms (<c>layer_norm_eps</c>).</summary>
    public double LayerNormEps { get; init; } = 1e-12;

    /// <summary>Side of the square input in pixels (<c>image_size</c>).</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>Side of a patch in pixels; divides <see cref="ImageSize"/> (<c>patch_size</c>).</summary>
    public int PatchSize { get; init; } = 16;

    /// <summary>Channels of the input (<c>num_channels</c>).</summary>
    public int NumChannels { get; init; } = 3;

    /// <summary>Whether query, key and value have a bias (<c>qkv_bias</c>).</summary>
    public bool QkvBias { get; init; } = true;

    /// <summary>For masked image modelling only; kept (<c>encoder_stride</c>).</summary>
    public int EncoderStride { get; init; } = 16;

    /// <summary>Class names; a name's place is its id (<c>id2label</c> and <c>label2id</c>).</summary>
    public IReadOnlyList<string> Labels { get; init; } = ["LABEL_0", "LABEL_1"];

    /// <summary>Where the weights came from, e.g. <c>google/vit-base-patch16-224</c> (<c>_name_or_path</c>).</summary>
    public string? NameOrPath { get; init; }

    /// <summary>Patches of one picture.</summary>
    public int Patches => ImageSize / PatchSize * (ImageSize / PatchSize);

    /// <summary>Weights of the model in all, e.g. 85,800,194 for ViT-base with two labels.</summary>
    public long Parameters => ViTWeights.Shapes(this).Sum(weight => weight.Shape.Aggregate(1L, (product, size) => product * size));

    /// <summary>Reads the file in a folder and checks it.</summary>
    /// <exception cref="VisionException">The file is missing, malformed, not a ViT, or beyond bounds.</exception>
    public static ViTConfig Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var config = ViTConfigJson.Read(path);
        config.Check(path);
        return config;
    }

    /// <summary>Writes the file into a folder, which is made if it is missing.</summary>
    /// <exception cref="VisionException">The shape is not one that <see cref="Load"/> would take.</exception>
    public void Save(string folder)
    {
        Check("The model's shape");
        WholeFile.Write(Path.Combine(folder, FileName), stream => ViTConfigJson.Write(this, stream));
    }

    /// <summary>Refuses what cannot be a model, or only one so large that a hostile file must have asked for it (ViT-22B's width is 6,144, its depth 48).</summary>
    internal void Check(string source)
    {
        Between("hidden_size", HiddenSize, 8_192);
        Between("num_hidden_layers", NumHiddenLayers, 256);
        Between("num_attention_heads", NumAttentionHeads, 1_024);
        Between("intermediate_size", IntermediateSize, 32_768);
        Between("image_size", ImageSize, 4_096);
        Between("patch_size", PatchSize, 1_024);
        Between("num_channels", NumChannels, 64);
        Between("encoder_stride", EncoderStride, 4_096);
        Between("number of labels", Labels.Count, 100_000);
        Need(HiddenSize % NumAttentionHeads == 0, $"num_attention_heads ({NumAttentionHeads}) must divide hidden_size ({HiddenSize})");
        Need(ImageSize % PatchSize == 0, $"patch_size ({PatchSize}) must divide image_size ({ImageSize})");
        Need(Patches <= 65_536, $"image_size {ImageSize} with patch_size {PatchSize} makes {Patches} patches; at most 65536 are supported");
        Need(HiddenAct == "gelu", $"hidden_act '{HiddenAct}' is not known; only 'gelu' is");
        Need(HiddenDropoutProb is >= 0 and < 1, $"hidden_dropout_prob is {HiddenDropoutProb}; it must be from 0 to below 1");
        Need(AttentionProbsDropoutProb is >= 0 and < 1, $"attention_probs_dropout_prob is {AttentionProbsDropoutProb}; it must be from 0 to below 1");
        Need(InitializerRange is > 0 and <= 10, $"initializer_range is {InitializerRange}; it must be above 0 and at most 10");
        Need(LayerNormEps is > 0 and <= 1, $"layer_norm_eps is {LayerNormEps}; it must be above 0 and at most 1");

        void Between(string name, int value, int most) => Need(value >= 1 && value <= most, $"{name} is {value}; it must be from 1 to {most}");

        void Need(bool right, string otherwise)
        {
            if (!right)
            {
                throw new VisionException($"{source}: {otherwise}.");
            }
        }
    }
}
