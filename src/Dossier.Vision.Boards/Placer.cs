using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>Finds a place for each part, the large ones first. What finds none is left out: a board is only so large.</summary>
internal static class Placer
{
    private const float Gap = 5;

    public static List<Part> Place(BoardRandom random, SKRect board, IReadOnlyList<SKPoint> holes)
    {
        var header = Footprints.Header(random.Whole(5, 6));
        var parts = new List<Part> { header with { X = (board.Left + board.Right) / 2, Y = board.Bottom - 6 } };
        var inner = SKRect.Inflate(board, -5, -5);
        foreach (var part in Wanted(random))
        {
            for (var attempt = 0; attempt < 400; attempt++)
            {
                var turned = part with { Turn = 90 * random.Whole(0, 3) };
                turned = turned with
                {
                    X = MathF.Round(random.Range(inner.Left, inner.Right)),
                    Y = MathF.Round(random.Range(inner.Top, inner.Bottom)),
                };
                var bounds = turned.Bounds;
                var claimed = SKRect.Inflate(bounds, Gap, Gap);
                if (inner.Contains(bounds)
                    && !parts.Any(other => other.Bounds.IntersectsWith(claimed))
                    && !holes.Any(hole => SKRect.Inflate(bounds, 10, 10).Contains(hole.X, hole.Y)))
                {
                    parts.Add(turned);
                    break;
                }
            }
        }

        return parts;
    }

    private static IEnumerable<Part> Wanted(BoardRandom random)
    {
        yield return Footprints.Qfp(random.Whole(6, 7));
        yield return Footprints.Soic(4);
        yield return Footprints.Electrolytic(random.Whole(14, 17));
        yield return Footprints.Inductor(random.Whole(26, 30));
        yield return Footprints.Soic(random.Whole(3, 4));
        yield return Footprints.Crystal();
        yield return Footprints.Electrolytic(random.Whole(12, 14));
        for (var n = 0; n < 11; n++)
        {
            var kind = n == 0 ? PartKind.Led : random.Chance(0.5) ? PartKind.Resistor : PartKind.Capacitor;
            yield return random.Chance(0.6) ? Footprints.Chip(kind, 24, 12) : Footprints.Chip(kind, 20, 11);
        }
    }
}
