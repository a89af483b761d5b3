using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dossier.Vision.Model;

/// <summary>The vision transformer with a classification head on the first token: structure and names of transformers' class of the same name.</summary>
public sealed class ViTForImageClassification : nn.Module<Tensor, Tensor>
{
    private readonly ViTEmbeddings _embeddings;
    private readonly ModuleList<ViTLayer> _layers;
    private readonly LayerNorm _norm;
    private readonly Linear _classifier;

    /// <summary>With new weights, drawn from torch's generator.</summary>
    /// <exception cref="VisionException">The shape is beyond bounds.</exception>
    public ViTForImageClassification(ViTConfig config)
        : this(config, drawn: static _ => true)
    {
    }

    /// <param name="config">The shape.</param>
    /// <param name="drawn">Which weights, by name, get new values; the others are left for <see cref="SetWeights"/>.</param>
    private ViTForImageClassification(ViTConfig config, Func<string, bool> drawn)
        : base(nameof(ViTForImageClassification))
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Check("The model's shape");
        Config = config;
        _embeddings = new ViTEmbeddings(config);
        _layers = nn.ModuleList([.. Enumerable.Range(0, config.NumHiddenLayers).Select(_ => new ViTLayer(config))]);
        _norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        _classifier = Dense.New(config.HiddenSize, config.Labels.Count);
        register_module("vit", new Branch(("embeddings", _embeddings), ("encoder", new Branch(("layer", _layers))), ("layernorm", _norm)));
        register_module("classifier", _classifier);
        foreach (var (_, parameter) in named_parameters())
        {
            // A model may be made in a scope that it outlives.
            parameter.DetachFromDisposeScope();
        }

        Draw(drawn);
    }

    /// <summary>The shape.</summary>
    public ViTConfig Config { get; }

    /// <summary>Logits.</summary>
    /// <param name="input">Pixels: <c>[batch, channels, image_size, image_size]</c>.</param>
    /// <returns><c>[batch, labels]</c>.</returns>
    /// <exception cref="VisionException">The input is of another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.shape is not [_, var channels, var height, var width]
            || channels != Config.NumChannels || height != Config.ImageSize || width != Config.ImageSize)
        {
            throw new VisionException(
                $"The model takes pixels of the shape [batch, {Config.NumChannels}, {Config.ImageSize}, {Config.ImageSize}], not {ViTWeights.Show(input.shape)}.");
        }

        using var scope = NewDisposeScope();
        var tokens = _embeddings.forward(input.to_type(_classifier.weight!.dtype));
        foreach (var layer in _layers)
        {
            tokens = layer.forward(tokens);
        }

        // The norm is each token's own: only the one that the head reads needs it.
        return Dense.Apply(_classifier, _norm.forward(tokens.select(1, 0))).MoveToOuterDisposeScope();
    }

    /// <summary>Reads a folder with <c>config.json</c> and weights, of a classifier or, where labels are given, of a bare encoder (transformers' ViTModel).</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="labels">The classes wanted; null keeps the folder's. If they differ, the head is new and everything else is kept.</param>
    /// <exception cref="VisionException">A weight is missing, unknown or of another shape; the message names it.</exception>
    public static ViTForImageClassification Load(string folder, IReadOnlyList<string>? labels = null)
    {
        var config = ViTConfig.Load(folder);
        var weights = ViTWeights.OfClassifier(ModelWeights.Load(folder));
        var newHead = labels is not null && !(labels.SequenceEqual(config.Labels) && weights.ContainsKey(ViTWeights.HeadWeight));
        if (newHead)
        {
            config = config with { Labels = [.. labels!] };
            config.Check($"The labels for {folder}");
            weights[ViTWeights.HeadWeight] = Zeros(config.Labels.Count, config.HiddenSize);
            weights[ViTWeights.HeadBias] = Zeros(config.Labels.Count);
        }

        // Before the model takes memory: its size is only what the config claims.
        ViTWeights.Check(config, weights, folder);
        var model = new ViTForImageClassification(config, drawn: static _ => false);
        model.SetWeights(weights);
        if (newHead)
        {
            model.Draw(IsHead);
        }

        return model;

        static bool IsHead(string name) => name is ViTWeights.HeadWeight or ViTWeights.HeadBias;

        static HostTensor Zeros(params long[] shape) => new(shape, new float[shape.Aggregate(1L, (product, size) => product * size)]);
    }

    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c>.</summary>
    public void Save(string folder)
    {
        Config.Save(folder);
        ModelWeights.Save(folder, GetWeights());
    }

    /// <summary>A copy of the weights, by transformers' names.</summary>
    public IReadOnlyDictionary<string, HostTensor> GetWeights()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var weights = new Dictionary<string, HostTensor>();
        foreach (var (name, parameter) in named_parameters())
        {
            var here = parameter.detach().to(float32, CPU).contiguous();
            weights.Add(name, new HostTensor(parameter.shape, MemoryMarshal.Cast<byte, float>(here.bytes).ToArray()));
        }

        return weights;
    }

    /// <summary>Takes weights; names and shapes must be this model's, all of them.</summary>
    /// <exception cref="VisionException">As <see cref="Load"/>.</exception>
    public void SetWeights(IReadOnlyDictionary<string, HostTensor> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ViTWeights.Check(Config, weights, "These weights");
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var (name, parameter) in named_parameters())
        {
            using var here = empty(parameter.shape, float32, CPU);
            weights[name].Values.Span.CopyTo(MemoryMarshal.Cast<byte, float>(here.bytes));
            parameter.copy_(here);
        }
    }

    /// <summary>Draws new values as transformers does: a truncated normal for weights, class token and places, zero for biases, one for the norms' weights.</summary>
    private void Draw(Func<string, bool> wanted)
    {
        using var still = no_grad();
        foreach (var (name, parameter) in named_parameters())
        {
            if (!wanted(name))
            {
                continue;
            }

            if (name.EndsWith(".bias", StringComparison.Ordinal))
            {
                parameter.zero_();
            }
            else if (name.Contains("layernorm", StringComparison.Ordinal))
            {
                parameter.fill_(1);
            }
            else
            {
                // transformers cuts its normal at ±2, a hundred deviations away. TorchSharp's trunc_normal_ (0.107) is of no use: it fills in one constant.
                parameter.normal_(0, Config.InitializerRange).clamp_(-2, 2);
            }
        }
    }
}
