namespace Dossier.Vision.Judging.Figures;

/// <summary>How values went over training, as SVG.</summary>
public static class CourseFigure
{
    // What a screen can show; of longer series every n-th value is drawn, and the last.
    private const int MaxPoints = 2000;
    private static readonly string[] Colors = [Svg.Blue, Svg.Orange, "#0d9488", "#9333ea", "#be123c"];

    /// <summary>Draws series over steps.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="valueName">The axis up.</param>
    /// <param name="series">Names with points: step and value. Values that are not finite are left out.</param>
    /// <param name="markedStep">A step to mark, e.g. the best one; null marks none.</param>
    public static string Draw(string title, string valueName, IReadOnlyList<(string Name, IReadOnlyList<CurvePoint> Points)> series, double? markedStep = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        var drawn = series.Select(one => (one.Name, Points: Thin([.. one.Points.Where(point => double.IsFinite(point.Y))]))).ToList();
        var all = drawn.SelectMany(one => one.Points).ToList();
        var plot = new Plot(title, Axis.Around("Step", all.Select(point => point.X), fromZero: true), Axis.Around(valueName, all.Select(point => point.Y), fromZero: true));
        if (markedStep is { } marked)
        {
            plot.Svg.Line(plot.X(marked), plot.Y(plot.Bottom), plot.X(marked), plot.Y(plot.Top), Svg.Soft, 1, "4 4");
            plot.Svg.Text(plot.X(marked) - 6, plot.Y(plot.Bottom) - 8, "best", 11, "end", Svg.Soft);
        }

        // The first is the most important one: it lies on top.
        foreach (var (at, (_, points)) in drawn.Index().Reverse())
        {
            plot.Curve(points, Colors[at % Colors.Length], points.Count > 100 ? 0.7 : 1);
            foreach (var point in points.Where(_ => points.Count <= 40))
            {
                plot.Dot(point, Colors[at % Colors.Length], 3.5);
            }
        }

        foreach (var (at, (name, _)) in drawn.Index())
        {
            plot.Name(name, Colors[at % Colors.Length]);
        }

        return plot.Svg.ToString();
    }

    private static List<CurvePoint> Thin(List<CurvePoint> points)
    {
        var every = (points.Count / MaxPoints) + 1;
        return [.. points.Where((_, at) => at % every == 0 || at == points.Count - 1)];
    }
}
