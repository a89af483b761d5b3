using System.Xml.Linq;
using Dossier.Vision.Judging;
using Dossier.Vision.Judging.Figures;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Judging;

/// <summary>Figures are well-formed whatever names and numbers come.</summary>
public sealed class FigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Names_of_classes_are_text_and_nothing_else()
    {
        var predictions = Some.Predictions(new Random(1), 30, 2) with { Classes = ["<script>alert(1)</script>", "a & \"b\" \u0001\uD800"] };
        var judgement = Judgement.Of(predictions, threshold: 0.5, resamples: 5);
        foreach (var figure in new[]
        {
            ConfusionFigure.Draw(judgement, "test"), JudgementFigures.Roc(judgement, "test"), JudgementFigures.PrecisionRecall(judgement, "test"), JudgementFigures.Reliability(judgement, "test"),
        })
        {
            var document = XDocument.Parse(figure);
            Assert.Empty(document.Descendants(Svg + "script"));
            Assert.DoesNotContain("<script", figure);
            Assert.Contains(document.Descendants(Svg + "text"), text => text.Value.Contains("a & \"b\" \uFFFD\uFFFD", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_confusion_matrix_shows_every_count()
    {
        var judgement = Judgement.Of(Some.Predictions(new Random(2), 60, 5), resamples: 5);
        var texts = XDocument.Parse(ConfusionFigure.Draw(judgement, "test")).Descendants(Svg + "text").Select(text => text.Value).ToList();
        Assert.All(judgement.Confusion.SelectMany(row => row), count => Assert.Contains(count.ToString(System.Globalization.CultureInfo.InvariantCulture), texts));
        Assert.All(judgement.Classes, one => Assert.Contains(one.Name, texts));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    [InlineData(80, 40)]
    public void Odd_amounts_of_pictures_and_classes_can_be_drawn(int pictures, int classes)
    {
        var judgement = Judgement.Of(Some.Predictions(new Random(3), pictures, classes), resamples: 5);
        Assert.All(
            [ConfusionFigure.Draw(judgement, "test"), JudgementFigures.Roc(judgement, "test"), JudgementFigures.PrecisionRecall(judgement, "test"), JudgementFigures.Reliability(judgement, "test")],
            figure => Assert.DoesNotContain("NaN", figure));
    }

    [Fact]
    public void A_course_leaves_out_what_is_no_number_and_stays_small()
    {
        var points = Enumerable.Range(0, 50_000).Select(step => new CurvePoint(step, step % 100 == 7 ? double.NaN : 1.0 / (step + 1))).ToList();
        var figure = CourseFigure.Draw("Loss", "Loss", [("training", points), ("nothing", [])], 12);
        Assert.DoesNotContain("NaN", figure);
        Assert.InRange(figure.Length, 1000, 100_000);
        Assert.All((double[])[0, 1e-9, 1e12, -5], value => Assert.DoesNotContain("NaN", CourseFigure.Draw("One", "Value", [("flat", [new(1, value)])])));
    }

    [Fact]
    public async Task Mistakes_are_written_small_and_under_harmless_names()
    {
        var folder = Directory.CreateTempSubdirectory("dossier-mistakes-").FullName;
        try
        {
            var picture = Some.Picture("wide.png", "a", PictureEncoder.Png(new Raster(1200, 30)));
            await MistakePictures.WriteAsync([new Mistake(picture, "../../etc", "b c/<x>", 0.974)], folder, "test");
            Assert.Equal(["01_true--..-etc_said-b-c--x-_0.97.png", "sheet.svg"], Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
            Assert.Equal((384, 9), PictureDecoder.Measure(await File.ReadAllBytesAsync(Path.Combine(folder, "01_true--..-etc_said-b-c--x-_0.97.png"))));
            Assert.StartsWith("data:image/png;base64,", XDocument.Load(Path.Combine(folder, "sheet.svg")).Descendants(Svg + "image").Single().Attribute("href")!.Value);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
