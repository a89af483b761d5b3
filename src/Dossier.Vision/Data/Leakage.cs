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
    private const int MaxPairs = 1000;

    private const string Advice =
        "Metrics on such pictures measure what the model has memorized, not what it has learned: split by source picture before making copies and augmentations, then evaluate again.";

    /// <summary>Compares every picture with those of the other parts: validation with training, test with training and validation.</summary>
    public static LeakageReport Find(Splits splits)
    {
        var places = splits.Parts.SelectMany(part => part.Pictures.Select(picture => (Part: part.Name, Picture: picture))).ToArray();
        var groups = SourceGroups.Of([.. places.Select(place => place.Picture)]);
        var seen = new Dictionary<int, Twins>();
        var pairs = new List<LeakedPair>();
        var counts = new Dictionary<(string Part, bool Exact), int>();

        // In the order train, validation, test: what a group already holds when a part begins is what that part repeats.
        foreach (var part in splits.Parts)
        {
            var members = Enumerable.Range(0, places.Length).Where(i => places[i].Part == part.Name).ToArray();
            foreach (var i in members)
            {
                if (seen.GetValueOrDefault(groups[i])?.Of(places[i].Picture) is { } twin)
                {
                    var exact = twin.Picture.Sha256 == places[i].Picture.Sha256;
                    counts[(part.Name, exact)] = counts.GetValueOrDefault((part.Name, exact)) + 1;
                    if (pairs.Count < MaxPairs)
                    {
                        pairs.Add(new LeakedPair(places[i].Picture.Name, part.Name, twin.Picture.Name, twin.Part, exact));
                    }
                }
            }

            foreach (var i in members)
            {
                seen.TryAdd(groups[i], new Twins());
                seen[groups[i]].Add(part.Name, places[i].Picture);
            }
        }

        var validation = (Exact: counts.GetValueOrDefault(("validation", true)), Near: counts.GetValueOrDefault(("validation", false)));
        var test = (Exact: counts.GetValueOrDefault(("test", true)), Near: counts.GetValueOrDefault(("test", false)));
        string?[] findings =
        [
            Sentence("validation", "training", splits.Validation.Count, validation.Exact, validation.Near),
            Sentence("test", "training or validation", splits.Test.Count, test.Exact, test.Near),
        ];
        return new LeakageReport
        {
            Pairs = pairs,
            ValidationInTrain = validation.Exact + validation.Near,
            TestInOthers = test.Exact + test.Near,
            Finding = findings.All(finding => finding is null) ? null : string.Join(' ', findings.Append(Advice).Where(finding => finding is not null)),
        };
    }

    private static string? Sentence(string part, string others, int all, int exact, int near) => (exact + near, exact, near) switch
    {
        (0, _, _) => null,
        (var found, _, 0) => $"{found:N0} of {all:N0} {part} pictures are also in {others}, byte for byte.",
        (var found, 0, _) => $"{found:N0} of {all:N0} {part} pictures are also in {others}, re-encoded, resized, flipped or turned.",
        (var found, _, _) => $"{found:N0} of {all:N0} {part} pictures are also in {others}: {exact:N0} byte for byte, {near:N0} re-encoded, resized, flipped or turned.",
    };

    /// <summary>What earlier parts hold of one source.</summary>
    private sealed class Twins
    {
        private readonly Dictionary<string, (string Part, Picture Picture)> _byContent = new(StringComparer.Ordinal);
        private (string Part, Picture Picture)? _first;

        public void Add(string part, Picture picture)
        {
            _first ??= (part, picture);
            _byContent.TryAdd(picture.Sha256, (part, picture));
        }

        public (string Part, Picture Picture)? Of(Picture picture) => _byContent.TryGetValue(picture.Sha256, out var same) ? same : _first;
    }
}
