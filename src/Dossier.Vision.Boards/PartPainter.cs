using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>Draws a part in its own coordinates.</summary>
/// <param name="ink">With the canvas already in the part's coordinates.</param>
/// <param name="random">The part's own chance, used alike with damage and without.</param>
/// <param name="shade">Colours are multiplied by this.</param>
/// <param name="light">Where the light comes from, in the part's coordinates.</param>
internal sealed class PartPainter(Ink ink, BoardRandom random, float shade, SKPoint light)
{
    /// <summary>How far shadows reach.</summary>
    public const float Shadow = 2.6f;

    private static readonly SKColor Solder = new(186, 190, 194);

    /// <summary>Draws it.</summary>
    /// <param name="part">What.</param>
    /// <param name="bends">For each lead that is bent, by how many degrees.</param>
    public void Draw(Part part, IReadOnlyDictionary<int, float> bends)
    {
        var body = new SKRect(-part.Width / 2, -part.Height / 2, part.Width / 2, part.Height / 2);
        Joints(part, bends);
        for (var n = 0; n < part.Leads.Count; n++)
        {
            Leads.Draw(ink, part.Leads[n], bends.GetValueOrDefault(n), shade);
        }

        if (part.Kind is PartKind.Electrolytic)
        {
            ink.Circle(-light.X * Shadow, -light.Y * Shadow, part.Width / 2, new SKColor(0, 0, 0, 90));
        }
        else
        {
            ink.Rect(new SKRect(body.Left - light.X * Shadow, body.Top - light.Y * Shadow, body.Right - light.X * Shadow, body.Bottom - light.Y * Shadow),
                new SKColor(0, 0, 0, 90), 2);
        }

        switch (part.Kind)
        {
            case PartKind.Qfp or PartKind.Soic: Chip(body); break;
            case PartKind.Resistor: Ends(body, Shades.Grey(40 * shade), true); break;
            case PartKind.Capacitor: Ends(body, new SKColor(158, 140, 122).Times(shade), false); break;
            case PartKind.Led: Led(body); break;
            case PartKind.Electrolytic: Can(part.Width / 2); break;
            case PartKind.Crystal: Crystal(body); break;
            case PartKind.Inductor: Coil(body); break;
            default: Strip(body, part); break;
        }
    }

    private void Joints(Part part, IReadOnlyDictionary<int, float> bends)
    {
        for (var n = 0; n < part.Pads.Count; n++)
        {
            var pad = part.Pads[n];
            var (spill, tone) = (random.Range(0.5, 1.2), random.Range(0.85, 1.1));
            if (part.Kind is not PartKind.Header && bends.ContainsKey(n))
            {
                continue;
            }

            // Solder covers its pad: gold shows only where something is wrong.
            float rx = pad.Width / 2, ry = pad.Height / 2;
            ink.Rect(SKRect.Inflate(pad, spill, spill), Solder.Times(0.72f * tone), 2);
            ink.Oval(pad.MidX, pad.MidY, rx * 0.9f, ry * 0.9f, Solder.Times(tone));
            ink.Oval(pad.MidX + light.X * rx * 0.4f, pad.MidY + light.Y * ry * 0.4f, rx * 0.3f, ry * 0.3f, Shades.Grey(250, 220));
        }
    }

    private void Chip(SKRect body)
    {
        var dark = Shades.Grey(38 * shade);
        ink.Rect(body, dark.Times(1.35f), dark.Times(0.85f), 1.5f);
        ink.Rect(SKRect.Inflate(body, -2.2f, -2.2f), dark, 1);
        ink.Frame(SKRect.Inflate(body, -2.2f, -2.2f), 0.6f, dark.Times(1.7f), 1);
        ink.Circle(body.Left + 6, body.Top + 6, 2.2f, dark.Times(0.5f));
        ink.Ring(body.Left + 6, body.Top + 6, 2.2f, 0.5f, dark.Times(1.8f));
        // The marking is the design's, not the board's.
        var marking = new BoardRandom((int)body.Width, (int)body.Height);
        var height = MathF.Min(6, body.Width / 7);
        for (var row = -1; row <= 1; row++)
        {
            Glyphs.Draw(ink, marking, body.Left + body.Width * 0.2f, row * height * 1.6f - height / 2, 4, height, 0.7f, Shades.Grey(150, 170));
        }
    }

    private void Ends(SKRect body, SKColor middle, bool marked)
    {
        ink.Rect(body, Solder.Times(1.1f), Solder.Times(0.8f), 1);
        var inner = new SKRect(body.Left + body.Width * 0.2f, body.Top, body.Right - body.Width * 0.2f, body.Bottom);
        ink.Rect(inner, middle.Times(1.15f), middle.Times(0.85f), 0.5f);
        if (marked)
        {
            Glyphs.Draw(ink, new BoardRandom((int)body.Width), inner.Left + 1.6f, -body.Height * 0.25f, 3, body.Height * 0.5f, 0.7f, Shades.Grey(225, 220));
        }
    }

    private void Led(SKRect body)
    {
        ink.Rect(body, new SKColor(230, 226, 214).Times(shade), 1);
        ink.Rect(SKRect.Inflate(body, -body.Width * 0.22f, -2), new SKColor(244, 214, 96).Times(shade), 2);
        ink.Circle(body.MidX + light.X * 2, body.MidY + light.Y * 2, 1.6f, Shades.Grey(255, 230));
        ink.Line(body.Left + 2.4f, body.Top + 1, body.Left + 2.4f, body.Bottom - 1, 1.4f, new SKColor(30, 130, 60));
    }

    private void Can(float radius)
    {
        var metal = Shades.Grey(196 * shade);
        ink.Rect(new SKRect(-radius, -radius, radius, radius), Shades.Grey(30 * shade), radius * 0.35f);
        ink.Ball(
            0, 0, radius, new SKPoint(light.X * radius * 0.4f, light.Y * radius * 0.4f), radius * 1.45f, metal.Times(1.2f), metal, metal.Times(0.62f));
        ink.Canvas.Save();
        using (var clip = Circle(radius * 0.96f))
        {
            ink.Canvas.ClipPath(clip, antialias: true);
            ink.Rect(new SKRect(-radius, -radius, -radius * 0.5f, radius), Shades.Grey(34));
        }

        ink.Canvas.Restore();
        ink.Ring(0, 0, radius * 0.94f, 0.9f, metal.Times(0.6f));
        ink.Ring(0, 0, radius * 0.8f, 0.6f, metal.Times(1.25f));
        ink.Oval(light.X * radius * 0.5f, light.Y * radius * 0.5f, radius * 0.16f, radius * 0.16f, Shades.Grey(255, 210));
    }

    private void Crystal(SKRect body)
    {
        var metal = Shades.Grey(182 * shade);
        ink.Rect(body, metal.Times(1.2f), metal.Times(0.7f), body.Height / 2);
        ink.Rect(SKRect.Inflate(body, -2.5f, -2.5f), metal.Times(0.95f), metal.Times(1.15f), body.Height / 2 - 2.5f);
        ink.Line(body.Left + 8, body.Top + 4, body.Right - 8, body.Top + 4, 1.2f, Shades.Grey(255, 190));
        Glyphs.Draw(ink, new BoardRandom(7), body.Left + 9, -0.5f, 5, 4.2f, 0.6f, Shades.Grey(70, 200));
    }

    private void Coil(SKRect body)
    {
        var radius = body.Width / 2;
        ink.Rect(body, Shades.Grey(66 * shade), Shades.Grey(44 * shade), radius * 0.4f);
        ink.Circle(0, 0, radius * 0.78f, Shades.Grey(28));
        for (var ring = 0.68f; ring > 0.34f; ring -= 0.085f)
        {
            ink.Ring(0, 0, radius * ring, 1.3f, new SKColor(150, 98, 62).Times(shade * (0.7f + ring * 0.5f)));
        }

        ink.Disc(light.X, light.Y, radius * 0.3f, Shades.Grey(96), Shades.Grey(58));
    }

    private void Strip(SKRect body, Part part)
    {
        ink.Rect(body, Shades.Grey(52 * shade), Shades.Grey(26 * shade), 1.5f);
        foreach (var lead in part.Leads)
        {
            ink.Rect(new SKRect(lead.X - 6, body.Top + 1.4f, lead.X + 6, body.Bottom - 1.4f), Shades.Grey(40 * shade), 1);
            ink.Line(lead.X + 8.5f, body.Top + 1, lead.X + 8.5f, body.Bottom - 1, 0.8f, Shades.Grey(12));
        }
    }

    private static SKPath Circle(float radius)
    {
        using var builder = new SKPathBuilder();
        builder.AddCircle(0, 0, radius);
        return builder.Detach();
    }
}
