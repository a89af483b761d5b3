using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dossier.Vision.Data;

/// <summary>Splits data sets.</summary>
public static class Splitter
{
    /// <summary>The same data, shares and seed give the same parts, whatever the order the pictures come in. Every class is split by the same shares.</summary>
    /// <param name="set">What to split.</param>
    /// <param name="method">What stays together.</param>
    /// <param name="validationShare">Between 0 and 1.</param>
    /// <param name="testShare">Between 0 and 1.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="VisionException">A part would lack a class, or the shares make no sense.</exception>
    public static Splits Split(PictureSet set, SplitMethod method = SplitMethod.Source, double validationShare = 0.15, double testShare = 0.15, int seed = 42)
    {
        if (!(validationShare is >= 0 and < 1 && testShare is >= 0 and < 1 && validationShare + testShare < 1))
        {
            throw new VisionException($"The shares of validation ({validationShare}) and test ({testShare}) must be 0 or more and leave something to train on.");
        }

        var parts = method == SplitMethod.Given
            ? AsGiven(set, validationShare, testShare, seed)
            : Draw(set, set.Pictures, method, [("test", testShare), ("validation", validationShare)], seed);
        return new Splits(set, Of("train"), Of("validation"), Of("test"), method) { Seed = seed };

        IReadOnlyList<Picture> Of(string part) => [.. set.Pictures.Where(picture => parts[picture] == part).OrderBy(picture => picture.Name, StringComparer.Ordinal)];
    }

    private static Dictionary<Picture, string> AsGiven(PictureSet set, double validationShare, double testShare, int seed)
    {
        var parts = new Dictionary<Picture, string>(ReferenceEqualityComparer.Instance);
        foreach (var picture in set.Pictures)
        {
            parts[picture] = PartNames.Normalize(picture.Split) ?? throw new VisionException(picture.Split is null
                ? $"{picture.Name} has no split. Give each picture one of train, validation and test, or split by source."
                : $"{picture.Name} has the split '{picture.Split}'; train, validation and test are known.");
        }

        var missing = new[] { ("test", testShare), ("validation", validationShare) }.Where(part => !parts.ContainsValue(part.Item1)).ToArray();
        foreach (var (picture, part) in Draw(set, [.. set.Pictures.Where(picture => parts[picture] == "train")], SplitMethod.Source, missing, seed))
        {
            parts[picture] = part;
        }

        return parts;
    }

    private static Dictionary<Picture, string> Draw(
        PictureSet set, IReadOnlyList<Picture> pictures, SplitMethod method, IReadOnlyList<(string Name, double Share)> wanted, int seed)
    {
        var parts = new Dictionary<Picture, string>(ReferenceEqualityComparer.Instance);
        var ids = method == SplitMethod.Source ? SourceGroups.Of(pictures) : [.. Enumerable.Range(0, pictures.Count)];
        var groups = pictures.Zip(ids).GroupBy(pair => pair.Second, pair => pair.First)
            .Select(members => new Group([.. members], Chance(seed, method == SplitMethod.Source ? members.Min(picture => picture.Sha256)! : members.First().Name)));
        var classes = groups.GroupBy(group => group.Label).ToDictionary(byLabel => byLabel.Key, byLabel => byLabel.ToArray());
        foreach (var label in set.Classes)
        {
            Deal(label, classes.GetValueOrDefault(label) ?? [], [.. wanted.Where(part => part.Share > 0)], parts);
        }

        return parts;
    }

    // Group by group in random order into the first part that still has room for at least half of it; what is left trains.
    private static void Deal(string label, Group[] groups, (string Name, double Share)[] wanted, Dictionary<Picture, string> parts)
    {
        if (groups.Length <= wanted.Length)
        {
            var needs = string.Join(", ", wanted.Select(part => part.Name).Append("train"));
            throw new VisionException(
                $"Class '{label}' has {groups.Length:N0} source picture{(groups.Length == 1 ? "" : "s")} (copies count once), and each of {needs} needs one of its own.");
        }

        Array.Sort(groups, (a, b) => a.Chance != b.Chance ? a.Chance.CompareTo(b.Chance) : string.CompareOrdinal(a.Members[0].Name, b.Members[0].Name));
        var total = groups.Sum(group => group.Members.Length);
        var piles = wanted.Select(part => new Pile(part.Name, Math.Max(1, (int)Math.Round(total * part.Share)))).Append(new Pile("train", long.MaxValue)).ToArray();
        foreach (var group in groups)
        {
            var pile = piles.First(pile => pile.Room >= (group.Members.Length + 1) / 2);
            pile.Groups.Add(group);
            pile.Room -= group.Members.Length;
        }

        // Large groups may have found no room anywhere, or have left none to train on: the smallest one of the pile with most groups moves.
        foreach (var empty in piles.Where(pile => pile.Groups.Count == 0))
        {
            var donor = piles.MaxBy(pile => pile.Groups.Count)!.Groups;
            var moved = donor.MinBy(group => group.Members.Length)!;
            donor.Remove(moved);
            empty.Groups.Add(moved);
        }

        foreach (var pile in piles)
        {
            foreach (var picture in pile.Groups.SelectMany(group => group.Members))
            {
                parts[picture] = pile.Name;
            }
        }
    }

    private static ulong Chance(int seed, string identity) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{identity}")));

    private sealed class Pile(string name, long room)
    {
        public string Name { get; } = name;

        public long Room { get; set; } = room;

        public List<Group> Groups { get; } = [];
    }

    private sealed record Group(Picture[] Members, ulong Chance)
    {
        /// <summary>The class of most members, so that copies with contradicting labels are still dealt once.</summary>
        public string Label { get; } = Members.CountBy(picture => picture.Label).OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key;
    }
}
