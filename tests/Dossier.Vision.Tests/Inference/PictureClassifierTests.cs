using Dossier.Vision.Inference;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Inference;

public sealed class PictureClassifierTests
{
    [Fact]
    public void A_picture_gets_the_likeliest_class_and_the_probability_of_each()
    {
        using var model = new SampleModel();
        using var classifier = model.Open();
        var picture = SampleModel.Picture(1);
        var input = new float[classifier.Processor.Length];
        classifier.Processor.Apply(picture, input);
        var logits = classifier.Logits(input, 1).Select(logit => (double)logit).ToArray();

        var answer = Assert.Single(classifier.Classify([picture]));
        var sum = logits.Sum(Math.Exp);
        Assert.All(answer.Scores.Zip(logits), pair => Assert.Equal(Math.Exp(pair.Second) / sum, pair.First, 1e-9));
        Assert.Equal(answer.Scores.Max(), answer.Score);
        Assert.Equal(model.Config.Labels[Array.IndexOf(logits, logits.Max())], answer.Label);
        Assert.Equal(["normal", "damaged", "dusty"], classifier.Classes);
    }

    [Fact]
    public void A_batch_answers_as_its_pictures_alone_do_in_their_order()
    {
        using var model = new SampleModel();
        using var classifier = model.Open();
        Raster[] pictures = [.. Enumerable.Range(0, 9).Select(seed => SampleModel.Picture(seed, 20 + seed, 30))];

        var together = classifier.Classify(pictures);
        Assert.Equal(9, together.Count);
        Assert.All(together.Zip(pictures), pair => Assert.Equal(classifier.Classify([pair.Second])[0].Score, pair.First.Score, 1e-5));
        Assert.Empty(classifier.Classify([]));
    }

    [Theory]
    [InlineData("pipeline: pipeline")]
    [InlineData("model_binary: pipeline")]
    public void A_model_logged_from_Python_without_a_graph_is_run_from_its_weights(string where)
    {
        using var ours = new SampleModel();
        using var model = new SampleModel($"flavors:\n  transformers:\n    task: image-classification\n    {where}\n");
        Directory.Delete(Path.GetDirectoryName(model.Graph)!, recursive: true);
        ModelWeights.Save(model.FileAt("pipeline"), model.Weights);
        using var expected = ours.Open();
        using var classifier = model.Open();
        Assert.Equal(expected.Classify([SampleModel.Picture(3)])[0].Scores, classifier.Classify([SampleModel.Picture(3)])[0].Scores);
    }

    [Fact]
    public void Many_threads_get_the_same_answers_as_one()
    {
        using var model = new SampleModel();
        using var classifier = model.Open(new ClassifierOptions { Threads = 1 });
        Raster[] pictures = [.. Enumerable.Range(0, 8).Select(seed => SampleModel.Picture(seed))];
        var alone = pictures.Select(picture => classifier.Classify([picture])[0].Score).ToArray();

        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal(alone[i % 8], classifier.Classify([pictures[i % 8]])[0].Score, 1e-6));
    }

    [Fact]
    public void A_model_that_answers_with_no_number_is_said_to_be_damaged()
    {
        using var model = new SampleModel();
        model.Weights["classifier.bias"] = new HostTensor([3], new[] { 1, float.NaN, 1 });
        Vision.Onnx.OnnxExporter.Write(model.Config, model.Weights, model.Graph);
        using var classifier = model.Open();
        Assert.Contains("not a number", Assert.Throws<VisionException>(() => classifier.Classify([SampleModel.Picture(1)])).Message);
    }

    [Fact]
    public void Large_logits_do_not_overflow()
    {
        var scores = PictureClassifier.Probabilities([3000f, 2999f, -4000f]);
        Assert.Equal(1 / (1 + Math.Exp(-1)), scores[0], 1e-12);
        Assert.Equal(1, scores.Sum(), 1e-12);
    }

    [Fact]
    public void Inputs_of_another_length_are_refused()
    {
        using var model = new SampleModel();
        using var classifier = model.Open();
        Assert.Throws<ArgumentException>(() => classifier.Logits(new float[classifier.Processor.Length], 2));
    }
}
