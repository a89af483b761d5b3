using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Dossier.Vision.Judging.Figures;

/// <summary>A picture of lines and text; text stays text, so the viewer's fonts are used and it can be searched.</summary>
internal sealed class Svg
{
    public const string Ink = "#1f2933";
    public const string Soft = "#616e7c";
    public const string Grid = "#e4e7eb";
    public const string Blue = "#2563eb";
    public const string Orange = "#ea580c";

    private const int MaxText = 40;
    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";
    private readonly XElement _root;

    public Svg(double width, double height, string title)
    {
        _root = new(
            Namespace + "svg",
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            new XAttribute("width", Number(width)),
            new XAttribute("height", Number(height)),
            new XAttribute("font-family", "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"),
            new XElement(Namespace + "title", Clean(title)));
        Rectangle(0, 0, width, height, "#ffffff");
        Text(24, 32, title, 16, weight: 600, longest: 100);
    }

    public void Rectangle(double x, double y, double width, double height, string fill, double radius = 0, double opacity = 1) => Add(
        "rect", ("x", x), ("y", y), ("width", width), ("height", height), ("rx", radius), ("fill", fill), ("fill-opacity", opacity));

    public void Line(double x1, double y1, double x2, double y2, string stroke = Grid, double width = 1, string dashes = "none") => Add(
        "line", ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2), ("stroke", stroke), ("stroke-width", width), ("stroke-dasharray", dashes));

    public void Circle(double x, double y, double radius, string fill) => Add(
        "circle", ("cx", x), ("cy", y), ("r", radius), ("fill", fill), ("stroke", "#ffffff"), ("stroke-width", 1.5));

    public void Polyline(IEnumerable<(double X, double Y)> points, string stroke, double opacity = 1, double width = 2) => Add(
        "polyline",
        ("points", string.Join(' ', points.Select(point => Number(point.X) + "," + Number(point.Y)))),
        ("fill", "none"), ("stroke", stroke), ("stroke-width", width), ("stroke-opacity", opacity), ("stroke-linejoin", "round"));

    public void Image(double x, double y, double width, double height, ReadOnlySpan<byte> png) => Add(
        "image", ("x", x), ("y", y), ("width", width), ("height", height), ("href", "data:image/png;base64," + Convert.ToBase64String(png)));

    /// <summary>A line of text, cut to <paramref name="longest"/> characters.</summary>
    public void Text(
        double x, double y, string text, double size = 12, string anchor = "start", string fill = Ink, int weight = 400, int turn = 0, int longest = MaxText)
    {
        var element = Add("text", ("x", x), ("y", y), ("font-size", size), ("text-anchor", anchor), ("fill", fill), ("font-weight", weight));
        if (turn != 0)
        {
            element.SetAttributeValue("transform", $"rotate({Number(turn)} {Number(x)} {Number(y)})");
        }

        element.Value = Shorten(Clean(text), longest);
    }

    public override string ToString() => _root.ToString(SaveOptions.None).ReplaceLineEndings("\n") + "\n";

    public static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Shorten(string text, int longest)
    {
        var elements = new StringInfo(text);
        return elements.LengthInTextElements <= longest ? text : elements.SubstringByTextElements(0, longest - 1) + "…";
    }

    // Class and file names come from outside, and XML cannot hold every character.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes()
        .Select(rune => rune.Value < 0x10000 && (!XmlConvert.IsXmlChar((char)rune.Value) || char.IsControl((char)rune.Value)) ? "\uFFFD" : rune.ToString()));

    private XElement Add(string name, params (string Name, object Value)[] attributes)
    {
        var element = new XElement(
            Namespace + name, attributes.Select(one => new XAttribute(one.Name, one.Value is double number ? Number(number) : Convert.ToString(one.Value, CultureInfo.InvariantCulture)!)));
        _root.Add(element);
        return element;
    }
}
