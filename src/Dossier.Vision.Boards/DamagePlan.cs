using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>Decides what is broken on a board: mostly one thing, sometimes two or three.</summary>
internal static class DamagePlan
{
    public static List<Damage> Draw(BoardDesign design, int board)
    {
        var random = new BoardRandom(design.Seed, 4, board);
        Func<Damage>[] kinds = [() => Missing(design, random), () => Bent(design, random), () => Scratched(design, random), () => Melted(design, random)];
        random.Shuffle(kinds.AsSpan());
        var count = random.Chance(0.75) ? 1 : random.Chance(0.8) ? 2 : 3;
        var damages = kinds.Take(count).Select(kind => kind()).ToList();
        // A pin of a part that is not there cannot be bent.
        if (damages.OfType<MissingPart>().FirstOrDefault() is { } missing)
        {
            damages.RemoveAll(damage => damage is BentLeads bent && bent.Part == missing.Part);
        }

        return damages;
    }

    private static MissingPart Missing(BoardDesign design, BoardRandom random)
    {
        var parts = Enumerable.Range(0, design.Parts.Count).Where(part => design.Parts[part].Kind != PartKind.Header).ToArray();
        return new MissingPart(random.Pick(parts));
    }

    // A knock seldom bends one pin alone.
    private static BentLeads Bent(BoardDesign design, BoardRandom random)
    {
        var parts = Enumerable.Range(0, design.Parts.Count).Where(part => design.Parts[part].Leads.Count > 0).ToArray();
        // The row at the edge is the one that gets knocked.
        var part = random.Chance(0.4) ? 0 : random.Pick(parts);
        var leads = design.Parts[part].Leads;
        var hit = random.Pick(leads);
        var side = Enumerable.Range(0, leads.Count).Where(lead => (leads[lead].OutX, leads[lead].OutY) == (hit.OutX, hit.OutY))
            .OrderBy(lead => Math.Abs(leads[lead].X - hit.X) + Math.Abs(leads[lead].Y - hit.Y)).ThenBy(lead => lead);
        var degrees = random.Range(35, 62) * (random.Chance(0.5) ? 1 : -1);
        return new BentLeads(part, side.Take(random.Whole(2, 3)).ToDictionary(lead => lead, _ => degrees + random.Range(-7, 7)));
    }

    private static Scratch Scratched(BoardDesign design, BoardRandom random)
    {
        // Parts hide a scratch: of some tries, the one that shows longest.
        var (best, most) = (default(SKPoint[])!, -1);
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var points = Line(design, random);
            var seen = points.Count(point => !design.Parts.Any(part => part.Bounds.Contains(point)));
            if (seen > most)
            {
                (best, most) = (points, seen);
            }
        }

        return new Scratch(best, random.Range(3.4, 5));
    }

    private static SKPoint[] Line(BoardDesign design, BoardRandom random)
    {
        var area = SKRect.Inflate(design.Outline, -12, -12);
        float length = random.Range(80, 150), angle = random.Range(0, 2 * Math.PI), bow = random.Range(-0.12, 0.12);
        var middle = new SKPoint(random.Range(area.Left + 30, area.Right - 30), random.Range(area.Top + 30, area.Bottom - 40));
        var (sin, cos) = MathF.SinCos(angle);
        var points = new List<SKPoint>();
        for (var along = -length / 2; along <= length / 2; along += 3)
        {
            var aside = bow * (along * along / length - length / 8) + random.Range(-0.4, 0.4);
            var point = new SKPoint(middle.X + along * cos - aside * sin, middle.Y + along * sin + aside * cos);
            if (area.Contains(point))
            {
                points.Add(point);
            }
        }

        return [.. points];
    }

    private static Melt Melted(BoardDesign design, BoardRandom random)
    {
        var part = random.Pick(design.Parts);
        var at = new SKPoint(part.X + random.Range(-0.5, 0.5) * part.Bounds.Width, part.Y + random.Range(-0.5, 0.5) * part.Bounds.Height);
        return new Melt(at, random.Range(12, 20), random.Whole(0, int.MaxValue - 1));
    }
}
