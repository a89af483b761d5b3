using System.Text;
using Dossier.Vision.Model;

namespace Dossier.Vision.Tests.Onnx;

/// <summary>Weights and pixels drawn by a hash of their name and place, as Fixtures/onnx/make.py draws them.</summary>
internal static class SampleWeights
{
    public static Dictionary<string, HostTensor> Of(ViTConfig config)
    {
        var (hidden, wide, patch, channels, labels) =
            (config.HiddenSize, config.IntermediateSize, config.PatchSize, config.NumChannels, config.Labels.Count);
        var weights = new Dictionary<string, HostTensor>();
        Add("vit.embeddings.cls_token", 1, 1, hidden);
        Add("vit.embeddings.position_embeddings", 1, config.Patches + 1, hidden);
        Add("vit.embeddings.patch_embeddings.projection.weight", hidden, channels, patch, patch);
        Add("vit.embeddings.patch_embeddings.projection.bias", hidden);
        for (var i = 0; i < config.NumHiddenLayers; i++)
        {
            var layer = $"vit.encoder.layer.{i}";
            Pair($"{layer}.layernorm_before", hidden);
            Pair($"{layer}.layernorm_after", hidden);
            foreach (var part in (string[])["query", "key", "value"])
            {
                Add($"{layer}.attention.attention.{part}.weight", hidden, hidden);
                if (config.QkvBias)
                {
                    Add($"{layer}.attention.attention.{part}.bias", hidden);
                }
            }

            Pair($"{layer}.attention.output.dense", hidden, hidden);
            Pair($"{layer}.intermediate.dense", wide, hidden);
            Pair($"{layer}.output.dense", hidden, wide);
        }

        Pair("vit.layernorm", hidden);
        Pair("classifier", labels, hidden);
        return weights;

        void Add(string name, params long[] shape) => weights.Add(name, new HostTensor(shape, Draw(name, (int)shape.Aggregate((product, size) => product * size))));

        void Pair(string name, params long[] shape)
        {
            Add($"{name}.weight", shape);
            Add($"{name}.bias", shape[0]);
        }
    }

    public static float[] Pixels(int length) => Draw("pixel_values", length);

    private static float[] Draw(string name, int length)
    {
        var seed = Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619);
        var values = new float[length];
        for (var i = 0; i < length; i++)
        {
            var h = seed + (uint)i;
            h = (h ^ (h >> 16)) * 0x7FEB352D;
            h = (h ^ (h >> 15)) * 0x846CA68B;
            var value = (h ^ (h >> 16)) / 4294967296.0 - 0.5;
            values[i] = (float)(name.Contains("layernorm") && name.EndsWith("weight") ? value + 1 : name == "pixel_values" ? value : value * 0.6);
        }

        return values;
    }
}
