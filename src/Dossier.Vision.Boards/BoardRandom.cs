namespace Dossier.Vision.Boards;

/// <summary>Chance that is the same everywhere (SplitMix64): what is drawn for one board depends on its key alone, never on other boards or threads.</summary>
internal sealed class BoardRandom
{
    private ulong _state;

    /// <summary>A stream of its own for every key.</summary>
    public BoardRandom(params ReadOnlySpan<int> key)
    {
        foreach (var part in key)
        {
            _state = Mix(_state + 0x9E3779B97F4A7C15UL) ^ (uint)part;
        }
    }

    public ulong NextBits() => Mix(_state += 0x9E3779B97F4A7C15UL);

    /// <summary>0 up to 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public float Range(double from, double to) => (float)(from + (to - from) * NextDouble());

    /// <summary>Around 0, most within one, none beyond three.</summary>
    public float Spread() => (float)((NextDouble() + NextDouble() + NextDouble() - 1.5) * 2);

    /// <summary>Both ends included.</summary>
    public int Whole(int from, int to) => from + (int)(NextBits() % (ulong)(to - from + 1));

    public bool Chance(double probability) => NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Whole(0, items.Count - 1)];

    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Whole(0, last);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
