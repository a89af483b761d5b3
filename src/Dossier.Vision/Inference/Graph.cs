using System.Runtime.InteropServices;
using Dossier.Vision.Onnx;
using Dossier.Vision.Pictures;
using Microsoft.ML.OnnxRuntime;

namespace Dossier.Vision.Inference;

/// <summary>An ONNX graph that runs: pixels in, logits out. Safe for many threads.</summary>
internal sealed class Graph : IDisposable
{
    private static readonly string[] Inputs = [ViTGraph.Input];
    private static readonly string[] Outputs = [ViTGraph.Output];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly ImageProcessor _processor;
    private readonly int _classes;

    private Graph(InferenceSession session, ImageProcessor processor, int classes)
    {
        _session = session;
        _processor = processor;
        _classes = classes;
    }

    /// <summary>Opens a file and runs it once on a black picture.</summary>
    /// <exception cref="VisionException">Not a graph that takes what the processor makes and answers with a logit for each class.</exception>
    public static Graph Open(string file, ImageProcessor processor, int classes, ClassifierOptions options)
    {
        GraphGuard.Check(file);
        Graph? graph = null;
        try
        {
            using var session = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, IntraOpNumThreads = options.Threads };
            graph = new Graph(new InferenceSession(file, session), processor, classes);
            graph.Check(file);
            graph.Run(new float[processor.Length], 1);
            return graph;
        }
        catch (OnnxRuntimeException failure)
        {
            graph?.Dispose();
            throw new VisionException($"ONNX Runtime refuses {file}: {failure.Message}", failure);
        }
        catch
        {
            graph?.Dispose();
            throw;
        }
    }

    /// <summary>Logits <c>[count, classes]</c>.</summary>
    public float[] Run(ReadOnlyMemory<float> inputs, int count)
    {
        // The runtime's input type is a writable memory; it does not write to it.
        var memory = MemoryMarshal.AsMemory(inputs);
        var logits = new float[count * _classes];
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, [count, 3, _processor.Height, _processor.Width]);
        using var output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, logits.AsMemory(), [count, _classes]);
        try
        {
            _session.Run(_run, Inputs, [input], Outputs, [output]);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new VisionException($"The model does not run on {count} pictures: {failure.Message}", failure);
        }

        return logits;
    }

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
    }

    private void Check(string file)
    {
        Expect(file, "input", ViTGraph.Input, _session.InputMetadata, [-1, 3, _processor.Height, _processor.Width]);
        Expect(file, "output", ViTGraph.Output, _session.OutputMetadata, [-1, _classes]);
    }

    private static void Expect(string file, string kind, string name, IReadOnlyDictionary<string, NodeMetadata> found, int[] sizes)
    {
        var good = found.Count == 1 && found.TryGetValue(name, out var value) && value.IsTensor && value.ElementType == typeof(float)
            && value.Dimensions is { } shape && shape.Length == sizes.Length && shape[0] < 0
            && shape.Zip(sizes).All(pair => pair.First < 0 || pair.First == pair.Second);
        if (!good)
        {
            var there = string.Join(" and ", found.Select(one => one.Value.IsTensor
                ? $"'{one.Key}' {one.Value.ElementType.Name} [{string.Join(", ", one.Value.Dimensions.Select(Size))}]"
                : $"'{one.Key}' {one.Value.OnnxValueType}"));
            throw new VisionException($"The graph {file} has the {kind} {there}; expected is '{name}' Single [{string.Join(", ", sizes.Select(Size))}].");
        }

        static string Size(int size) => size < 0 ? "any" : $"{size}";
    }
}
