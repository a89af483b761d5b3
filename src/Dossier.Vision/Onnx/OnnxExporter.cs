using System.Text.Json;
using Dossier.Vision.Model;

namespace Dossier.Vision.Onnx;

/// <summary>Writes a vision transformer as an ONNX graph: input <c>pixel_values</c> <c>[batch, channels, height, width]</c>, output <c>logits</c> <c>[batch, labels]</c>, any batch.</summary>
/// <remarks>
/// Field numbers are those of onnx's <c>onnx.proto</c>. The file is a ModelProto of IR version 9 with operator set 20 (the first with Gelu), which ONNX Runtime
/// reads since 1.17. Its metadata has <c>labels</c>, a JSON list of the class names.
/// </remarks>
public static class OnnxExporter
{
    private const int IrVersion = 9;
    private const int OperatorSet = 20;
    private const int FloatType = 1;

    /// <summary>Writes the file, under its name only when complete. Needs no torch.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="weights">The weights by transformers' names, all of them and no others. They are not copied.</param>
    /// <param name="file">The file, which is replaced if it is there.</param>
    /// <exception cref="VisionException">The configuration or the weights are not a model's (the message names them), or the graph exceeds the 2 GiB that one ONNX file may have.</exception>
    public static void Write(ViTConfig config, IReadOnlyDictionary<string, HostTensor> weights, string file)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Check("The model's shape");
        ViTWeights.Check(config, weights, $"The graph {Path.GetFileName(file)}");
        var graph = ViTGraph.Build(config, weights);
        var head = Head(graph, config);
        WholeFile.Write(file, stream =>
        {
            stream.Write(head);
            foreach (var constant in graph.Constants)
            {
                stream.Write(new ProtoMessage().Head(5, constant.Length).Bytes);
                constant.WriteTo(stream);
            }
        });
    }

    /// <summary>All of the file but its constants: the graph is the file's last field, and the constants are the graph's.</summary>
    private static byte[] Head(OnnxGraph graph, ViTConfig config)
    {
        var nodes = new ProtoMessage()
            .Repeat(graph.Nodes, (message, node) => message.Message(1, node))
            .Text(2, graph.Name)
            .Message(11, Value(ViTGraph.Input, config.NumChannels, config.ImageSize, config.ImageSize))
            .Message(12, Value(ViTGraph.Output, config.Labels.Count));
        var length = nodes.Bytes.Length + graph.Constants.Sum(constant => constant.Length + new ProtoMessage().Head(5, constant.Length).Bytes.Length);
        var head = new ProtoMessage()
            .Int(1, IrVersion)
            .Text(2, "Dossier")
            .Text(3, typeof(OnnxExporter).Assembly.GetName().Version!.ToString(3))
            .Message(8, new ProtoMessage().Text(1, "").Int(2, OperatorSet))
            .Message(14, new ProtoMessage().Text(1, "labels").Text(2, JsonSerializer.Serialize(config.Labels)));
        if (length + head.Bytes.Length > int.MaxValue - 64)
        {
            throw new VisionException($"The graph takes {length / (1 << 20):N0} MiB; an ONNX file may have at most 2,048 MiB. Use a smaller model.");
        }

        return [.. head.Head(7, length).Bytes, .. nodes.Bytes];
    }

    /// <summary>onnx's ValueInfoProto of floats with a free first dimension.</summary>
    private static ProtoMessage Value(string name, params IReadOnlyList<long> sizes)
    {
        var shape = new ProtoMessage()
            .Message(1, new ProtoMessage().Text(2, "batch"))
            .Repeat(sizes, (message, size) => message.Message(1, new ProtoMessage().Int(1, size)));
        return new ProtoMessage()
            .Text(1, name)
            .Message(2, new ProtoMessage().Message(1, new ProtoMessage().Int(1, FloatType).Message(2, shape)));
    }
}
