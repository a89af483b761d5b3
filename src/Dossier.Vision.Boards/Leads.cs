using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>Draws pins, straight and bent.</summary>
internal static class Leads
{
    public static void Draw(Ink ink, Lead lead, float bend, float shade)
    {
        var metal = new SKColor(192, 196, 202).Times(shade);
        var points = Outline(lead, bend);
        var shadow = points.Select(point => new SKPoint(point.X + 1.2f, point.Y + 1.2f)).ToArray();
        ink.Line(shadow, lead.Width, new SKColor(0, 0, 0, 70));
        ink.Line(points, lead.Width, metal.Times(0.66f));
        ink.Line(points, lead.Width * 0.7f, metal);
        ink.Line(points, lead.Width * 0.25f, metal.Times(1.3f));
    }

    /// <summary>The middle line of a pin, in its part's coordinates: straight at first, then turned by the bend.</summary>
    public static SKPoint[] Outline(Lead lead, float bend)
    {
        var (sin, cos) = MathF.SinCos(bend * MathF.PI / 180);
        var straight = lead.Length * (bend == 0 ? 0.5f : 0.25f);
        var knee = new SKPoint(lead.X + lead.OutX * straight, lead.Y + lead.OutY * straight);
        var rest = lead.Length - straight;
        return
        [
            new SKPoint(lead.X, lead.Y), knee,
            new SKPoint(knee.X + (lead.OutX * cos - lead.OutY * sin) * rest, knee.Y + (lead.OutX * sin + lead.OutY * cos) * rest),
        ];
    }
}
