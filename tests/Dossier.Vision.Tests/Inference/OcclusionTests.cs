using Dossier.Vision.Inference;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Inference;

public sealed class OcclusionTests
{
    [Theory]
    [InlineData(16, 8, 1, 1)]
    [InlineData(24, 4, 2, 1)]
    [InlineData(40, 4, 4, 2)]
    public void A_patch_has_the_mean_drop_of_the_windows_that_cover_it(int image, int patch, int window, int step)
    {
        using var model = new SampleModel(config: Small(image, patch));
        using var classifier = model.Open();
        var picture = SampleModel.Picture(5, image, image);
        var side = image / patch;
        var input = new float[classifier.Processor.Length];
        classifier.Processor.Apply(picture, input);
        var whole = classifier.Logits(input, 1)[1];
        var drops = new List<double>[side * side];
        for (var top = 0; top + window <= side; top += step)
        {
            for (var left = 0; left + window <= side; left += step)
            {
                var covered = Cover(input, image, top * patch, left * patch, window * patch);
                var drop = whole - classifier.Logits(covered, 1)[1];
                for (var i = 0; i < window * window; i++)
                {
                    (drops[(top + i / window) * side + left + i % window] ??= []).Add(drop);
                }
            }
        }

        var map = Occlusion.Explain(classifier, picture, "damaged");
        Assert.Equal(("damaged", side, side), (map.Label, map.Columns, map.Rows));
        Assert.Equal(classifier.Classify([picture])[0].Scores[1], map.Score, 1e-5);
        Assert.All(map.Drops.Zip(drops), pair => Assert.Equal(pair.Second.Average(), pair.First, 1e-4));
        Assert.Contains(map.Drops, drop => Math.Abs(drop) > 1e-3);
    }

    [Fact]
    public void Without_a_class_the_likeliest_is_explained_and_progress_ends_with_all()
    {
        using var model = new SampleModel();
        using var classifier = model.Open();
        var picture = SampleModel.Picture(2);
        var told = new List<(int Done, int Total)>();
        var map = Occlusion.Explain(classifier, picture, progress: new Told(told));
        Assert.Equal(classifier.Classify([picture])[0].Label, map.Label);
        Assert.Equal((4, 4), told[^1]);
    }

    [Fact]
    public void A_class_that_the_model_does_not_have_is_refused_with_those_it_has()
    {
        using var model = new SampleModel();
        using var classifier = model.Open();
        var refusal = Assert.Throws<VisionException>(() => Occlusion.Explain(classifier, SampleModel.Picture(2), "cat"));
        Assert.Contains("no class 'cat'; its classes are normal, damaged, dusty", refusal.Message);
    }

    [Fact]
    public void The_picture_is_red_where_it_speaks_for_the_class_and_blue_where_against()
    {
        var grey = new Raster(90, 30);
        Array.Fill(grey.Pixels, (byte)128);
        var over = new HeatMap("damaged", 0.9, 3, 1, [2, 0, -2]).Over(grey);
        Assert.True(Red(over, 5, 15) > Blue(over, 5, 15) + 60);
        Assert.True(Blue(over, 85, 15) > Red(over, 85, 15) + 60);
        Assert.Equal(128, Red(over, 45, 15), 10.0);

        // Smooth: no step between neighbours that the eye would take for an edge.
        Assert.All(Enumerable.Range(1, 89), x => Assert.True(Math.Abs(Red(over, x, 15) - Red(over, x - 1, 15)) < 12));
    }

    [Fact]
    public void A_map_in_which_nothing_matters_leaves_the_picture_as_it_is()
    {
        var picture = SampleModel.Picture(4);
        Assert.Equal(picture.Pixels, new HeatMap("normal", 1, 2, 2, [0, 0, 0, 0]).Over(picture).Pixels);
    }

    private static float[] Cover(float[] input, int image, int top, int left, int size)
    {
        var covered = input.ToArray();
        for (var channel = 0; channel < 3; channel++)
        {
            var mean = (float)input.Skip(channel * image * image).Take(image * image).Average(value => (double)value);
            for (var i = 0; i < size * size; i++)
            {
                covered[channel * image * image + (top + i / size) * image + left + i % size] = mean;
            }
        }

        return covered;
    }

    private static ViTConfig Small(int image, int patch) => new()
    {
        HiddenSize = 32,
        NumHiddenLayers = 1,
        NumAttentionHeads = 2,
        IntermediateSize = 32,
        ImageSize = image,
        PatchSize = patch,
        Labels = ["normal", "damaged"],
    };

    private static double Red(Raster picture, int x, int y) => picture.Pixels[(y * picture.Width + x) * 3];

    private static double Blue(Raster picture, int x, int y) => picture.Pixels[(y * picture.Width + x) * 3 + 2];

    private sealed class Told(List<(int Done, int Total)> told) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => told.Add(value);
    }
}
