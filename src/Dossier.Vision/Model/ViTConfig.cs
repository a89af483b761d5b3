namespace Dossier.Vision.Model;

/// <summary>The shape of a vision transformer: <c>config.json</c> with the names and defaults of transformers' ViTConfig.</summary>
public sealed record ViTConfig
{
    /// <summary>The file's name.</summary>
    public const string FileName = "config.json";

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

    /// <summary>Dropout after embeddings and blocks (<c>hidden_dropout_prob</c>).</summary>
    public double HiddenDropoutProb { get; init; }

    /// <summary>Dropout of attention weights (<c>attention_probs_dropout_prob</c>).</summary>
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

    /// <summary>Reads the file in a folder and checks it.</summary>
    /// <exception cref="VisionException">The file is missing, malformed, not a ViT, or beyond bounds.</exception>
    public static ViTConfig Load(string folder) => throw new NotImplementedException();

    /// <summary>Writes the file into a folder.</summary>
    public void Save(string folder) => throw new NotImplementedException();
}
