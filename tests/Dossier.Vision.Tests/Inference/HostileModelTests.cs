using Dossier.Vision.Onnx;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Inference;

/// <summary>Folders that are not a classifier, or try to be more.</summary>
public sealed class HostileModelTests
{
    [Theory]
    [InlineData("../model.onnx")]
    [InlineData("/etc/passwd")]
    [InlineData("pipeline/../../model.onnx")]
    [InlineData("pipeline//model.onnx")]
    [InlineData("C:/model.onnx")]
    [InlineData("..\\\\model.onnx")]
    public void A_path_that_leaves_the_folder_is_refused(string path)
    {
        using var graph = new SampleModel($"flavors:\n  onnx:\n    data: \"{path}\"\n");
        Assert.Contains("is not a path below the model's folder", graph.Refusal());
        using var pipeline = new SampleModel($"flavors:\n  transformers:\n    task: image-classification\n    model_binary: \"{path}\"\n");
        Assert.Contains("is not a path below the model's folder", pipeline.Refusal());
    }

    [Theory]
    [InlineData("flavors:\n  sklearn:\n    pickled_model: model.pkl\n", "has the flavors sklearn")]
    [InlineData("flavors:\n  transformers:\n    task: text-generation\n    pipeline: pipeline\n", "'text-generation'")]
    [InlineData("flavors:\n  transformers:\n    task: image-classification\n", "save_pretrained=True")]
    [InlineData("flavors:\n  onnx:\n    data: other.onnx\n", "names the graph other.onnx, but there is no such file")]
    [InlineData("flavors:\n  onnx: {}\n", "'data' does not name the graph")]
    [InlineData("run_id: 1\n", "no 'flavors'")]
    [InlineData("[1, 2]", "cannot be read")]
    public void A_folder_that_is_no_classifier_is_refused_with_what_would_be_right(string mlModel, string message)
    {
        using var model = new SampleModel(mlModel);
        Assert.Contains(message, model.Refusal());
    }

    [Fact]
    public void A_folder_without_MLmodel_is_refused()
    {
        using var model = new SampleModel();
        File.Delete(model.FileAt("MLmodel"));
        Assert.Contains("A model's folder has a file MLmodel", model.Refusal());
    }

    [Fact]
    public void A_processor_of_another_size_is_refused()
    {
        using var model = new SampleModel();
        new ImageProcessor { Height = 32, Width = 32 }.Save(model.FileAt("components/image_processor"));
        Assert.Contains("takes pictures of 16×16 (config.json), but its processor makes 32×32", model.Refusal());
    }

    [Fact]
    public void A_graph_with_fewer_classes_than_the_configuration_is_refused()
    {
        using var model = new SampleModel();
        (model.Config with { Labels = ["normal", "damaged"] }).Save(model.FileAt("pipeline"));
        Assert.Contains("has the output 'logits' Single [any, 3]; expected is 'logits' Single [any, 2]", model.Refusal());
    }

    [Fact]
    public void A_graph_that_is_cut_off_is_refused()
    {
        using var model = new SampleModel();
        var bytes = File.ReadAllBytes(model.Graph);
        foreach (var length in (int[])[0, 1, 7, 100, bytes.Length / 2, bytes.Length - 1])
        {
            File.WriteAllBytes(model.Graph, bytes[..length]);
            Assert.Matches("is not an ONNX file, or is damaged|ONNX Runtime refuses", model.Refusal());
        }
    }

    [Fact]
    public void Weights_in_a_file_elsewhere_are_refused()
    {
        foreach (var location in (string[])["../../../secret", "/etc/passwd", "*/_ORT_MEM_ADDR_/*", "missing.data", ".."])
        {
            var entry = new ProtoMessage().Text(1, "location").Text(2, location);
            var tensor = new ProtoMessage().Int(1, 1).Int(2, 1).Text(8, "w").Message(13, entry).Int(14, 1);
            Assert.Contains($"keeps weights in '{location}', which is not a file beside it", RefusalOf(new ProtoMessage().Message(5, tensor)));
        }
    }

    [Fact]
    public void Operators_of_unknown_origin_graphs_in_graphs_and_functions_are_refused()
    {
        var custom = new ProtoMessage().Text(4, "Steal").Text(7, "com.example");
        Assert.Contains("uses the operator 'Steal' of 'com.example'", RefusalOf(new ProtoMessage().Message(1, custom)));

        var loop = new ProtoMessage().Text(4, "Loop").Message(5, new ProtoMessage().Text(1, "body").Message(6, new ProtoMessage()));
        Assert.Contains("has a graph within a node", RefusalOf(new ProtoMessage().Message(1, loop)));

        Assert.Contains("has sparse weights", RefusalOf(new ProtoMessage().Message(15, new ProtoMessage())));
        Assert.Contains("has functions of its own", RefusalOf(new ProtoMessage(), new ProtoMessage().Message(25, new ProtoMessage())));
    }

    [Fact]
    public void A_weight_in_a_node_is_looked_at_too()
    {
        var entry = new ProtoMessage().Text(1, "location").Text(2, "/etc/passwd");
        var constant = new ProtoMessage().Text(4, "Constant").Message(5, new ProtoMessage().Text(1, "value").Message(5, new ProtoMessage().Message(13, entry)));
        Assert.Contains("keeps weights in '/etc/passwd'", RefusalOf(new ProtoMessage().Message(1, constant)));
    }

    private static string RefusalOf(ProtoMessage graph, ProtoMessage? more = null)
    {
        using var model = new SampleModel();
        var file = new ProtoMessage().Int(1, 9).Message(8, new ProtoMessage().Text(1, "").Int(2, 20)).Message(7, graph);
        File.WriteAllBytes(model.Graph, [.. file.Bytes, .. (more ?? new ProtoMessage()).Bytes]);
        return model.Refusal();
    }
}
