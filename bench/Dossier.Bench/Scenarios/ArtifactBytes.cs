namespace Dossier.Bench.Scenarios;

/// <summary>
/// Endless noise from a small seed, so that each byte that comes back is compared with the one that was sent: surer than a
/// hash, and much cheaper beside a server on the same cores.
/// </summary>
internal sealed class ArtifactBytes
{
    // Longer than a piece, and odd, so that pieces of any power of two that are mixed up do not look alike.
    private const int Period = (4 << 20) + 4099;
    private const int LongestPiece = 1 << 20;
    private readonly byte[] _noise = new byte[Period + LongestPiece];

    public ArtifactBytes()
    {
        new Random(20_261_123).NextBytes(_noise.AsSpan(0, Period));
        _noise.AsSpan(0, LongestPiece).CopyTo(_noise.AsSpan(Period));
    }

    /// <summary>The bytes at a place of the artifact; at most 1 MiB.</summary>
    public ReadOnlySpan<byte> At(long offset, int count) => _noise.AsSpan((int)(offset % Period), count);
}
