using System.Globalization;
using Dossier.Protocol.Json;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using Dossier.Vision.Training;

namespace Dossier.Vision.Recording;

/// <summary>A training's params: transformers' names, values as Python prints them.</summary>
internal static class TrainingParams
{
    // What Dossier and current MLflow servers take; older ones take less and say so.
    private const int MaxLength = 6000;

    public static IReadOnlyDictionary<string, string> Of(ViTConfig config, ImageProcessor processor, TrainingArguments arguments)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments.ToParams().Concat(Config(config)).Concat(Processor(processor)))
        {
            all[name] = value.Length <= MaxLength ? value : value[..(MaxLength - 1)] + "…";
        }

        return all;
    }

    private static Dictionary<string, string> Config(ViTConfig config) => new()
    {
        ["_name_or_path"] = config.NameOrPath ?? "",
        ["architectures"] = "['ViTForImageClassification']",
        ["attention_probs_dropout_prob"] = Python(config.AttentionProbsDropoutProb),
        ["encoder_stride"] = Python(config.EncoderStride),
        ["hidden_act"] = config.HiddenAct,
        ["hidden_dropout_prob"] = Python(config.HiddenDropoutProb),
        ["hidden_size"] = Python(config.HiddenSize),
        ["id2label"] = Braces(config.Labels.Index().Select(label => (Python(label.Index), Quoted(label.Item)))),
        ["image_size"] = Python(config.ImageSize),
        ["initializer_range"] = Python(config.InitializerRange),
        ["intermediate_size"] = Python(config.IntermediateSize),
        ["label2id"] = Braces(config.Labels.Index().Select(label => (Quoted(label.Item), Python(label.Index)))),
        ["layer_norm_eps"] = Python(config.LayerNormEps),
        ["model_type"] = "vit",
        ["num_attention_heads"] = Python(config.NumAttentionHeads),
        ["num_channels"] = Python(config.NumChannels),
        ["num_hidden_layers"] = Python(config.NumHiddenLayers),
        ["patch_size"] = Python(config.PatchSize),
        ["problem_type"] = "single_label_classification",
        ["qkv_bias"] = config.QkvBias ? "True" : "False",
        ["torch_dtype"] = "float32",
        ["transformers_version"] = ViTConfig.TransformersVersion,
    };

    private static Dictionary<string, string> Processor(ImageProcessor processor) => new()
    {
        ["image_mean"] = Python(processor.Mean),
        ["image_std"] = Python(processor.Std),
        ["resample"] = Python((int)processor.Resample),
        ["rescale_factor"] = Python(processor.RescaleFactor),
        ["size"] = Braces([("'height'", Python(processor.Height)), ("'width'", Python(processor.Width))]),
    };

    private static string Python(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Python(double value) => FloatText.Format(value);

    private static string Python(IEnumerable<double> values) => "[" + string.Join(", ", values.Select(Python)) + "]";

    private static string Quoted(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    private static string Braces(IEnumerable<(string Key, string Value)> members) => "{" + string.Join(", ", members.Select(member => $"{member.Key}: {member.Value}")) + "}";
}
