namespace Dossier.Vision.Judging.Figures;

/// <summary>A frame with two axes that data is drawn into.</summary>
internal sealed class Plot
{
    private const double LeftMargin = 72;
    private const double TopMargin = 72;
    private const double RightMargin = 24;
    private const double BottomMargin = 56;
    private readonly Axis _x;
    private readonly Axis _y;
    private readonly double _width;
    private readonly double _height;
    private double _legend = TopMargin + 18;
    private double _row = LeftMargin;

    public Plot(string title, Axis x, Axis y, double width = 640, double height = 480)
    {
        (_x, _y, _width, _height) = (x, y, width, height);
        Svg = new(width, height, title);
        foreach (var tick in x.Ticks)
        {
            Svg.Line(X(tick), TopMargin, X(tick), height - BottomMargin);
            Svg.Text(X(tick), height - BottomMargin + 18, x.Text(tick), anchor: "middle", fill: Svg.Soft);
        }

        foreach (var tick in y.Ticks)
        {
            Svg.Line(LeftMargin, Y(tick), width - RightMargin, Y(tick));
            Svg.Text(LeftMargin - 8, Y(tick) + 4, y.Text(tick), anchor: "end", fill: Svg.Soft);
        }

        Svg.Text((LeftMargin + width - RightMargin) / 2, height - 14, x.Name, 13, "middle", longest: 80);
        Svg.Text(20, (TopMargin + height - BottomMargin) / 2, y.Name, 13, "middle", turn: -90, longest: 60);
    }

    public Svg Svg { get; }

    /// <summary>The value at the lower edge.</summary>
    public double Bottom => _y.From;

    /// <summary>The value at the upper edge.</summary>
    public double Top => _y.To;

    public double X(double value) => LeftMargin + ((value - _x.From) / (_x.To - _x.From) * (_width - LeftMargin - RightMargin));

    public double Y(double value) => _height - BottomMargin - ((value - _y.From) / (_y.To - _y.From) * (_height - TopMargin - BottomMargin));

    public void Curve(IEnumerable<CurvePoint> points, string color, double opacity = 1) => Svg.Polyline(points.Select(point => (X(point.X), Y(point.Y))), color, opacity);

    public void Dot(CurvePoint point, string color, double radius = 4.5) => Svg.Circle(X(point.X), Y(point.Y), radius, color);

    public void Bar(double from, double to, double height, string color, double opacity = 1) =>
        Svg.Rectangle(X(from) + 1, Y(height), X(to) - X(from) - 2, Y(_y.From) - Y(height), color, 2, opacity);

    /// <summary>Another short name in the row above the frame.</summary>
    public void Name(string text, string color)
    {
        Svg.Rectangle(_row, TopMargin - 18, 18, 4, color, 2);
        Svg.Text(_row + 24, TopMargin - 11, text);
        _row += 48 + (7 * text.Length);
    }

    /// <summary>Another line of the legend, at the right or the left.</summary>
    public void Legend(string text, string color, bool atRight = true, double atLeastY = 0)
    {
        _legend = Math.Max(_legend, atLeastY);
        var x = atRight ? _width - RightMargin - 200 : LeftMargin + 14;
        Svg.Rectangle(x - 4, _legend - 13, 204, 19, "#ffffff", opacity: 0.85);
        Svg.Rectangle(x, _legend - 8, 18, 4, color, 2);
        Svg.Text(x + 26, _legend - 1, text);
        _legend += 20;
    }
}
