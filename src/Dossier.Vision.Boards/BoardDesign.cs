using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>What all boards of one data set have in common: where parts, traces and vias are, and the colours. Drawn from the seed.</summary>
internal sealed class BoardDesign
{
    private const float Clearance = 4.5f;

    public BoardDesign(int seed)
    {
        var random = new BoardRandom(seed, 1);
        Seed = seed;
        Palette = BoardPalette.Draw(random);
        Parts = Placer.Place(random, Outline, Holes);
        RouteAll(random);
    }

    public int Seed { get; }

    public BoardPalette Palette { get; }

    public SKRect Outline { get; } = new(14, 12, 242, 212);

    public IReadOnlyList<SKPoint> Holes { get; } = [new(25, 23), new(231, 23), new(25, 201), new(231, 201)];

    public IReadOnlyList<Part> Parts { get; }

    public List<(SKPoint[] Points, float Width)> Traces { get; } = [];

    public List<SKPoint> Vias { get; } = [];

    private void RouteAll(BoardRandom random)
    {
        var router = new Router(SKRect.Inflate(Outline, -4, -4));
        var pads = new List<(SKPoint Center, int Part)>();
        for (var part = 0; part < Parts.Count; part++)
        {
            foreach (var pad in Parts[part].Pads)
            {
                var area = Parts[part].ToBoard.MapRect(pad);
                pads.Add((new SKPoint(area.MidX, area.MidY), part));
                router.Claim(SKRect.Inflate(area, 2.5f, 2.5f), (short)pads.Count);
            }
        }

        foreach (var hole in Holes)
        {
            router.Claim(new SKRect(hole.X - 12, hole.Y - 12, hole.X + 12, hole.Y + 12), -1);
        }

        var order = Enumerable.Range(0, pads.Count).ToArray();
        random.Shuffle(order);
        var used = new bool[pads.Count];
        foreach (var from in order.Where(pad => !used[pad]))
        {
            used[from] = random.Chance(0.75) && ToAnotherPart(router, random, pads, used, from) || ToVia(router, random, pads[from].Center, (short)(from + 1));
        }
    }

    private bool ToAnotherPart(Router router, BoardRandom random, List<(SKPoint Center, int Part)> pads, bool[] used, int from)
    {
        var near = Enumerable.Range(0, pads.Count)
            .Where(other => !used[other] && pads[other].Part != pads[from].Part)
            .OrderBy(other => SKPoint.DistanceSquared(pads[other].Center, pads[from].Center)).ThenBy(other => other).Take(8).ToArray();
        random.Shuffle(near);
        var width = random.Chance(0.2) ? 4f : 2.4f;
        foreach (var to in near.Take(2))
        {
            if (router.Route(pads[from].Center, (short)(from + 1), pads[to].Center, (short)(to + 1), Clearance + width / 4) is { } path)
            {
                Traces.Add((path, width));
                used[to] = true;
                return true;
            }
        }

        return false;
    }

    private bool ToVia(Router router, BoardRandom random, SKPoint start, short owner)
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            var via = new SKPoint(start.X + random.Range(-36, 36), start.Y + random.Range(-36, 36));
            via = new SKPoint(MathF.Round(via.X / 2) * 2, MathF.Round(via.Y / 2) * 2);
            if (Outline.Contains(via) && router.IsFree(via) && router.Route(start, owner, via, 0, Clearance) is { } path)
            {
                Traces.Add((path, 2.4f));
                Vias.Add(via);
                router.Claim(new SKRect(via.X - 6, via.Y - 6, via.X + 6, via.Y + 6), -1);
                return true;
            }
        }

        return false;
    }
}
