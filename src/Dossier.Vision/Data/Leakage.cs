namespace Dossier.Vision.Data;

/// <summary>Pictures of one part that stand, as they are or nearly so, in another.</summary>
public sealed record LeakageReport
{
    /// <summary>Pairs found, the first thousand.</summary>
    public required IReadOnlyList<LeakedPair> Pairs { get; init; }

    /// <summary>Validation pictures that are also in training.</summary>
    public required int ValidationInTrain { get; init; }

    /// <summary>Test pictures that are also in training or validation.</summary>
    public required int TestInOthers { get; init; }

    /// <summary>Whether anything leaked.</summary>
    public bool Leaks => ValidationInTrain + TestInOthers > 0;

    /// <summary>The finding in a sentence for people, with counts and what to do; null when nothing leaked.</summary>
    public required string? Finding { get; init; }
}

/// <summary>Two pictures that are one.</summary>
/// <param name="Name">The picture that should be unseen.</param>
/// <param name="Part"><c>validation</c> or <c>test</c>.</param>
/// <param name="TwinName">The picture it repeats.</param>
/// <param name="TwinPart">Where that one is.</param>
/// <param name="Exact">Whether the bytes are the same.</param>
public sealed record LeakedPair(string Name, string Part, string TwinName, string TwinPart, bool Exact);

/// <summary>Looks for leaks before training.</summary>
public static class Leakage
{
    /// <summary>Compares every picture with those of the other parts.</summary>
    public static LeakageReport Find(Splits splits) => throw new NotImplementedException();
}
