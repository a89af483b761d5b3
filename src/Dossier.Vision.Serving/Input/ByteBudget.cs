namespace Dossier.Vision.Serving.Input;

/// <summary>Bounds the bytes that the bodies of all requests together hold in memory.</summary>
internal sealed class ByteBudget(long capacity)
{
    private long _taken;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= capacity)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
