namespace Dossier.Vision.Boards;

/// <summary>What is generated.</summary>
public sealed record BoardOptions
{
    /// <summary>Boards in all: 2 to 100,000.</summary>
    public int Boards { get; init; } = 1104;

    /// <summary>The share of boards with damage, 0 to 1; the number is rounded to the nearest.</summary>
    public double DamagedShare { get; init; } = 0.1;

    /// <summary>Side of the square pictures in pixels: 64 to 1,024.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Draws the design, and each board of it.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Boards with damage.</summary>
    internal int Damaged => (int)Math.Round(Boards * DamagedShare, MidpointRounding.AwayFromZero);

    internal void Check()
    {
        if (Boards is < 2 or > 100_000)
        {
            throw new BoardException($"number of boards {Boards} is out of range: use 2 to 100,000.");
        }

        if (!(DamagedShare is >= 0 and <= 1))
        {
            throw new BoardException(FormattableString.Invariant($"share of damaged boards {DamagedShare} is out of range: use 0 (none) to 1 (all), such as 0.1."));
        }

        if (Size is < 64 or > 1024)
        {
            throw new BoardException($"size {Size} is out of range: use 64 to 1,024 pixels.");
        }
    }
}
