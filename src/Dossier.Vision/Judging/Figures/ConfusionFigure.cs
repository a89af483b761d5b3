using System.Globalization;

namespace Dossier.Vision.Judging.Figures;

/// <summary>A confusion matrix, as SVG: true classes down, predicted ones across, darker the larger the share of the true class.</summary>
public static class ConfusionFigure
{
    private const double Left = 170;
    private const double Top = 100;

    /// <summary>Draws it.</summary>
    /// <param name="judgement">The judgement.</param>
    /// <param name="part">What was judged, e.g. <c>test</c>.</param>
    public static string Draw(Judgement judgement, string part)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        var classes = judgement.Classes.Count;
        var cell = Math.Clamp(420.0 / classes, 22, 150);
        var side = cell * classes;
        var svg = new Svg(Math.Max(Left + side + 30, 470), Top + side + 60, $"Confusion matrix, {part}: {judgement.Predictions.Targets.Count.ToString(CultureInfo.InvariantCulture)} pictures");
        svg.Text(Left + (side / 2), Top - 34, "Predicted", 13, "middle", Svg.Soft);
        svg.Text(28, Top + (side / 2), "True", 13, "middle", Svg.Soft, turn: -90);
        for (var id = 0; id < classes; id++)
        {
            var middle = (id + 0.5) * cell;
            svg.Text(Left - 10, Top + middle + 4, judgement.Classes[id].Name, 13, "end", longest: 18);
            svg.Text(Left + middle, Top - 12, judgement.Classes[id].Name, 13, "middle", longest: Math.Max(3, (int)(cell / 8)));
            DrawRow(svg, judgement, id, cell);
        }

        var right = judgement.Metrics["accuracy"];
        svg.Text(Left, Top + side + 28, $"Accuracy {Svg.Percent(right)}, 95 % interval {Svg.Percent(judgement.Intervals["accuracy"].Low)} to {Svg.Percent(judgement.Intervals["accuracy"].High)}", 12, fill: Svg.Soft, longest: 80);
        return svg.ToString();
    }

    private static void DrawRow(Svg svg, Judgement judgement, int target, double cell)
    {
        for (var predicted = 0; predicted < judgement.Classes.Count; predicted++)
        {
            var count = judgement.Confusion[target][predicted];
            var share = judgement.Classes[target].Support == 0 ? 0 : (double)count / judgement.Classes[target].Support;
            var (x, y) = (Left + (predicted * cell), Top + (target * cell));
            svg.Rectangle(x + 1, y + 1, cell - 2, cell - 2, "#f5f7fa", 4);
            svg.Rectangle(x + 1, y + 1, cell - 2, cell - 2, target == predicted ? Svg.Blue : Svg.Orange, 4, share * 0.92);
            var ink = share > 0.55 ? "#ffffff" : Svg.Ink;
            var size = Math.Clamp(cell / 4.5, 9, 26);
            svg.Text(x + (cell / 2), y + (cell / 2) + (cell > 60 ? 2 : size / 3), count.ToString(CultureInfo.InvariantCulture), size, "middle", ink, 600);
            if (cell > 60)
            {
                svg.Text(x + (cell / 2), y + (cell / 2) + 20, Svg.Percent(share), 11, "middle", ink);
            }
        }
    }
}
