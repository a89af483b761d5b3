namespace Dossier.Vision.Training;

/// <summary>
/// Chance in training. Every draw follows from a seed and what it is drawn for, never from what was drawn before: so threads change nothing, and a training that goes
/// on from a checkpoint needs no generator's state.
/// </summary>
internal static class Chance
{
    /// <summary>The order of an epoch's samples.</summary>
    public static int[] Order(int samples, int seed, long epoch)
    {
        var order = Enumerable.Range(0, samples).ToArray();
        Random(seed, epoch, -1).Shuffle(order);
        return order;
    }

    /// <summary>What happens to a sample in an epoch.</summary>
    /// <param name="seed">The training's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="place">The sample's place in the training set.</param>
#pragma warning disable CA5394 // Chance that can be repeated is the point; it protects nothing.
    public static Random Random(int seed, long epoch, int place) => new((int)Mix(seed, epoch, place));
#pragma warning restore CA5394

    /// <summary>The seed of torch's generator (dropout) for a step.</summary>
    public static long TorchSeed(int seed, long step) => (long)(Mix(seed, step, -2) >> 1);

    private static ulong Mix(int seed, long first, int second) => Mix(Mix(Mix((uint)seed) ^ (ulong)first) ^ (uint)second);

    /// <summary>SplitMix64's finaliser: neighbours in, strangers out.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
