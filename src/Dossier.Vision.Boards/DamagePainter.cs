using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>Draws damage, and the area it may have changed.</summary>
internal static class DamagePainter
{
    /// <summary>Into the solder mask, before parts are drawn.</summary>
    public static void Under(Ink ink, BoardDesign design, IEnumerable<Damage> damages)
    {
        foreach (var scratch in damages.OfType<Scratch>())
        {
            var points = scratch.Points.ToArray();
            ink.Line(points, scratch.Width, design.Palette.Mask.Times(0.35f));
            ink.Line(points, scratch.Width * 0.72f, new SKColor(244, 150, 76));
            ink.Line(points, scratch.Width * 0.24f, new SKColor(255, 206, 150));
        }
    }

    /// <summary>Over everything.</summary>
    public static void Over(Ink ink, IEnumerable<Damage> damages)
    {
        foreach (var melt in damages.OfType<Melt>())
        {
            Burn(ink, melt);
        }
    }

    /// <summary>Covers, opaque, all that the damage may have changed.</summary>
    public static void Mask(Ink ink, BoardDesign design, BoardPose pose, IEnumerable<Damage> damages)
    {
        foreach (var damage in damages)
        {
            switch (damage)
            {
                case Scratch scratch:
                    ink.Line(scratch.Points.ToArray(), scratch.Width + 3, SKColors.White);
                    break;
                case Melt melt:
                    ink.Circle(melt.Center.X, melt.Center.Y, melt.Radius * Melt.Reach + 2, SKColors.White);
                    break;
                case MissingPart missing:
                    InPart(ink, pose, missing.Part, () => ink.Rect(
                        SKRect.Inflate(design.Parts[missing.Part].Extent, PartPainter.Shadow + 2, PartPainter.Shadow + 2), SKColors.White, 2));
                    break;
                case BentLeads bent:
                    InPart(ink, pose, bent.Part, () => Bent(ink, design.Parts[bent.Part], bent));
                    break;
            }
        }
    }

    private static void Bent(Ink ink, Part part, BentLeads bent)
    {
        foreach (var (number, degrees) in bent.Degrees)
        {
            var lead = part.Leads[number];
            ink.Line(Leads.Outline(lead, 0), lead.Width + 5, SKColors.White);
            ink.Line(Leads.Outline(lead, degrees), lead.Width + 5, SKColors.White);
            if (part.Kind != PartKind.Header)
            {
                ink.Rect(SKRect.Inflate(part.Pads[number], 1.5f, 1.5f), SKColors.White);
            }
        }
    }

    private static void InPart(Ink ink, BoardPose pose, int part, Action draw)
    {
        ink.Canvas.Save();
        ink.Canvas.Concat(pose.Parts[part].ToBoard);
        draw();
        ink.Canvas.Restore();
    }

    private static void Burn(Ink ink, Melt melt)
    {
        var random = new BoardRandom(melt.Chance);
        var (x, y, radius) = (melt.Center.X, melt.Center.Y, melt.Radius);
        ink.Disc(x, y, radius * Melt.Reach, new SKColor(30, 14, 4, 240), new SKColor(112, 58, 18, 225), new SKColor(150, 92, 34, 0));
        var edge = new SKPoint[22];
        for (var n = 0; n < edge.Length; n++)
        {
            var (sin, cos) = MathF.SinCos(n * 2 * MathF.PI / edge.Length);
            var reach = radius * random.Range(0.72, 1.08);
            edge[n] = new SKPoint(x + cos * reach, y + sin * reach);
        }

        ink.Polygon(edge, new SKColor(26, 18, 12));
        for (var n = 0; n < 16; n++)
        {
            float angle = random.Range(0, 2 * Math.PI), away = random.Range(0, 0.75) * radius, size = random.Range(0.1, 0.3) * radius;
            float bubbleX = x + MathF.Cos(angle) * away, bubbleY = y + MathF.Sin(angle) * away;
            ink.Circle(bubbleX, bubbleY, size, random.Chance(0.35) ? new SKColor(96, 70, 44) : Shades.Grey(random.Range(8, 48)));
            ink.Circle(bubbleX - size * 0.3f, bubbleY - size * 0.3f, size * 0.3f, new SKColor(190, 176, 160, 150));
        }
    }
}
