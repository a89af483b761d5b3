using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>
/// Routes traces on a grid, straight and at 45°, around pads and other traces: A* over cells and directions, with a price for each turn.
/// </summary>
internal sealed class Router
{
    private const int Size = 256, Cell = 2, Side = Size / Cell, Straight = 10, Diagonal = 14, Turning = 6, MaxSteps = 60_000;
    private const short Free = 0, Blocked = -1;
    private static readonly (int X, int Y)[] Directions = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)];

    private readonly short[] _owner = new short[Side * Side];
    private readonly int[] _cost = new int[Side * Side * 8];
    private readonly int[] _from = new int[Side * Side * 8];

    public Router(SKRect board)
    {
        for (var at = 0; at < _owner.Length; at++)
        {
            _owner[at] = board.Contains(at % Side * Cell, at / Side * Cell) ? Free : Blocked;
        }
    }

    /// <summary>Keeps the cells within a rectangle for one owner; cells of two owners are nobody's.</summary>
    public void Claim(SKRect area, short owner)
    {
        for (var y = Math.Max(0, (int)MathF.Ceiling(area.Top / Cell)); y <= Math.Min(Side - 1, area.Bottom / Cell); y++)
        {
            for (var x = Math.Max(0, (int)MathF.Ceiling(area.Left / Cell)); x <= Math.Min(Side - 1, area.Right / Cell); x++)
            {
                ref var at = ref _owner[y * Side + x];
                at = at == Free || at == owner ? owner : Blocked;
            }
        }
    }

    public bool IsFree(SKPoint point) => _owner[Index(point)] == Free;

    /// <summary>A path between two points over free cells and those of the two owners; null if there is none. What it passes is then taken.</summary>
    public SKPoint[]? Route(SKPoint start, short startOwner, SKPoint end, short endOwner, float clearance)
    {
        Array.Fill(_cost, int.MaxValue);
        var goal = Index(end);
        var queue = new PriorityQueue<int, int>();
        for (var direction = 0; direction < 8; direction++)
        {
            var state = Index(start) * 8 + direction;
            _cost[state] = 0;
            _from[state] = -1;
            queue.Enqueue(state, 0);
        }

        for (var steps = 0; steps < MaxSteps && queue.TryDequeue(out var state, out _); steps++)
        {
            if (state / 8 == goal)
            {
                var path = Trace(state);
                Take(path, clearance);
                return Corners(path);
            }

            Expand(state, goal, startOwner, endOwner, queue);
        }

        return null;
    }

    private void Expand(int state, int goal, short startOwner, short endOwner, PriorityQueue<int, int> queue)
    {
        int x = state / 8 % Side, y = state / 8 / Side, heading = state % 8;
        for (var bend = -1; bend <= 1; bend++)
        {
            var direction = (heading + bend + 8) % 8;
            int nextX = x + Directions[direction].X, nextY = y + Directions[direction].Y;
            if (nextX is < 0 or >= Side || nextY is < 0 or >= Side)
            {
                continue;
            }

            var cell = nextY * Side + nextX;
            var owner = _owner[cell];
            if (owner != Free && owner != startOwner && owner != endOwner && cell != goal)
            {
                continue;
            }

            var next = cell * 8 + direction;
            var cost = _cost[state] + (direction % 2 == 0 ? Straight : Diagonal) + (bend == 0 ? 0 : Turning);
            if (cost < _cost[next])
            {
                _cost[next] = cost;
                _from[next] = state;
                int dx = Math.Abs(nextX - goal % Side), dy = Math.Abs(nextY - goal / Side);
                queue.Enqueue(next, cost + Straight * Math.Max(dx, dy) + (Diagonal - Straight) * Math.Min(dx, dy));
            }
        }
    }

    private List<SKPoint> Trace(int state)
    {
        var path = new List<SKPoint>();
        for (; state >= 0; state = _from[state])
        {
            path.Add(new SKPoint(state / 8 % Side * Cell, state / 8 / Side * Cell));
        }

        path.Reverse();
        return path;
    }

    private void Take(List<SKPoint> path, float clearance)
    {
        foreach (var point in path)
        {
            for (var y = -clearance; y <= clearance; y += Cell)
            {
                for (var x = -clearance; x <= clearance; x += Cell)
                {
                    var at = new SKPoint(point.X + x, point.Y + y);
                    if (x * x + y * y <= clearance * clearance && at.X >= 0 && at.Y >= 0 && at.X < Size && at.Y < Size)
                    {
                        _owner[Index(at)] = Blocked;
                    }
                }
            }
        }
    }

    private static SKPoint[] Corners(List<SKPoint> path) =>
        [.. path.Where((point, n) => n == 0 || n == path.Count - 1 || point - path[n - 1] != path[n + 1] - point)];

    private static int Index(SKPoint point) =>
        Math.Clamp((int)MathF.Round(point.Y / Cell), 0, Side - 1) * Side + Math.Clamp((int)MathF.Round(point.X / Cell), 0, Side - 1);
}
