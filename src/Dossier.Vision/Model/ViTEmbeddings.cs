using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Dossier.Vision.Model;

/// <summary>Cuts a picture into patches, makes a token of each, puts the class token before them and adds the places.</summary>
internal sealed class ViTEmbeddings : nn.Module<Tensor, Tensor>
{
    private readonly ViTConfig _config;
    private readonly Conv2d _projection;

    // The attribute lets to(device) find the field: it puts new parameters in.
    [ComponentName(Name = "cls_token")]
    private readonly Parameter _clsToken;

    [ComponentName(Name = "position_embeddings")]
    private readonly Parameter _positionEmbeddings;

    public ViTEmbeddings(ViTConfig config)
        : base(nameof(ViTEmbeddings))
    {
        _config = config;
        _clsToken = nn.Parameter(empty(1, 1, config.HiddenSize));
        _positionEmbeddings = nn.Parameter(empty(1, config.Patches + 1, config.HiddenSize));
        _projection = nn.Conv2d(config.NumChannels, config.HiddenSize, config.PatchSize, stride: config.PatchSize);
        register_parameter("cls_token", _clsToken);
        register_parameter("position_embeddings", _positionEmbeddings);
        register_module("patch_embeddings", new Branch(("projection", _projection)));
    }

    /// <param name="input">Pixels <c>[batch, channels, side, side]</c>.</param>
    /// <returns>Tokens <c>[batch, patches + 1, hidden]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var patches = _projection.forward(input).flatten(2).transpose(1, 2);
        var tokens = cat([_clsToken.expand(input.shape[0], -1, -1), patches], 1) + _positionEmbeddings;
        if (training && _config.HiddenDropoutProb > 0)
        {
            tokens = nn.functional.dropout(tokens, _config.HiddenDropoutProb);
        }

        return tokens.MoveToOuterDisposeScope();
    }
}
