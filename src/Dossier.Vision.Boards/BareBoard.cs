using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>The board without parts, on its backdrop: drawn once for all boards of a design, at twice their resolution.</summary>
internal static class BareBoard
{
    /// <summary>Board units beyond the picture on each side, so that a shifted board still has a backdrop all around.</summary>
    public const int Margin = 24;

    public static SKImage Draw(BoardDesign design, int size)
    {
        var side = (256 + 2 * Margin) * 2 * size / 256;
        using var surface = SKSurface.Create(new SKImageInfo(side, side, SKColorType.Bgra8888, SKAlphaType.Opaque));
        var canvas = surface.Canvas;
        canvas.Scale(side / (256f + 2 * Margin));
        canvas.Translate(Margin, Margin);
        using var ink = new Ink(canvas);
        var random = new BoardRandom(design.Seed, 2);
        Backdrop(ink, design, random);
        Laminate(ink, design, random);
        Copper(ink, design);
        Pads(ink, design, random);
        Print(ink, design, random);
        return surface.Snapshot();
    }

    private static void Backdrop(Ink ink, BoardDesign design, BoardRandom random)
    {
        ink.Rect(new SKRect(-Margin, -Margin, 256 + Margin, 256 + Margin), design.Palette.Backdrop);
        for (var n = 0; n < 1500; n++)
        {
            float x = random.Range(-Margin, 256 + Margin), y = random.Range(-Margin, 256 + Margin), angle = random.Range(0, Math.PI);
            var length = random.Range(2, 9);
            ink.Line(x, y, x + length * MathF.Cos(angle), y + length * MathF.Sin(angle), 0.7f, Shades.Grey(random.Chance(0.5) ? 255 : 0, 9));
        }

        for (var spread = 8; spread > 0; spread--)
        {
            ink.Rect(SKRect.Inflate(design.Outline, spread - 3, spread - 3) with { Bottom = design.Outline.Bottom + spread }, new SKColor(0, 0, 0, 16), 6);
        }
    }

    private static void Laminate(Ink ink, BoardDesign design, BoardRandom random)
    {
        var (outline, palette) = (design.Outline, design.Palette);
        ink.Rect(outline, palette.Pour.Times(0.55f), 4);
        ink.Rect(SKRect.Inflate(outline, -1, -1), palette.Mask, 3);
        ink.Rect(SKRect.Inflate(outline, -3.5f, -3.5f), palette.Pour, 2);
        for (var at = 0f; at < 228; at += 2.4f)
        {
            // The weave of the glass fibre shows through.
            ink.Line(outline.Left + 2, outline.Top + at, outline.Right - 2, outline.Top + at, 0.8f, Shades.Grey(255, 6));
            ink.Line(outline.Left + at, outline.Top + 2, outline.Left + at, outline.Bottom - 2, 0.8f, Shades.Grey(0, 8));
        }

        for (var n = 0; n < 260; n++)
        {
            ink.Circle(random.Range(outline.Left + 4, outline.Right - 4), random.Range(outline.Top + 4, outline.Bottom - 4), random.Range(1, 9),
                Shades.Grey(random.Chance(0.5) ? 255 : 0, 5));
        }
    }

    private static void Copper(Ink ink, BoardDesign design)
    {
        var palette = design.Palette;
        foreach (var part in design.Parts)
        {
            foreach (var pad in part.Pads)
            {
                ink.Rect(SKRect.Inflate(part.ToBoard.MapRect(pad), 2, 2), palette.Mask, 1.5f);
            }
        }

        foreach (var (points, width) in design.Traces)
        {
            ink.Line(points, width + 3.6f, palette.Mask);
        }

        foreach (var via in design.Vias)
        {
            ink.Circle(via.X, via.Y, 5.4f, palette.Mask);
        }

        foreach (var (points, width) in design.Traces)
        {
            ink.Line(points, width, palette.Trace.Times(0.8f));
            ink.Line(points, width * 0.55f, palette.Trace);
        }
    }

    private static void Pads(Ink ink, BoardDesign design, BoardRandom random)
    {
        var (metal, tin) = (design.Palette.Metal, Shades.Grey(190));
        foreach (var via in design.Vias)
        {
            ink.Circle(via.X, via.Y, 3.2f, design.Palette.Trace.Times(1.25f));
            ink.Circle(via.X, via.Y, 1.4f, Shades.Grey(24));
        }

        foreach (var hole in design.Holes)
        {
            ink.Circle(hole.X, hole.Y, 8, tin);
            ink.Ring(hole.X, hole.Y, 7.4f, 0.8f, tin.Times(1.2f));
            ink.Circle(hole.X, hole.Y, 5, design.Palette.Backdrop.Times(0.45f));
        }

        foreach (var part in design.Parts)
        {
            foreach (var pad in part.Pads)
            {
                var area = part.ToBoard.MapRect(pad);
                ink.Rect(area, metal.Times(1.12f), metal.Times(random.Range(0.82, 0.95)), 1.2f);
                ink.Frame(SKRect.Inflate(area, -0.4f, -0.4f), 0.6f, metal.Times(0.7f), 1);
            }
        }
    }

    private static void Print(Ink ink, BoardDesign design, BoardRandom random)
    {
        var silk = design.Palette.Silk.WithAlpha(215);
        foreach (var part in design.Parts)
        {
            var bounds = SKRect.Inflate(part.Bounds, 1.8f, 1.8f);
            if (part.Kind is PartKind.Electrolytic)
            {
                ink.Ring(part.X, part.Y, part.Width / 2 + 1.8f, 0.9f, silk);
            }
            else if (part.Kind is not PartKind.Header)
            {
                ink.Frame(bounds, 0.8f, silk, 1);
            }

            if (part.Leads.Count > 0)
            {
                ink.Circle(bounds.Left - 2.2f, bounds.Top - 0.4f, 1.3f, silk);
            }

            Glyphs.Draw(ink, random, bounds.Left, bounds.Top - 6.2f, random.Whole(2, 3), 4, 0.75f, silk);
        }

        Glyphs.Draw(ink, random, 44, 19, 6, 7, 1, silk);
        ink.Frame(SKRect.Inflate(design.Outline, -6, -6), 0.7f, silk.WithAlpha(90), 3);
    }
}
