using System.Globalization;
using System.Text.Json.Nodes;
using Dossier.CommandLine.Output;
using Dossier.Vision.Data;

namespace Dossier.Vision.Cli.Output;

/// <summary>A data set in a page: what it holds, how it would be split, what would leak.</summary>
/// <param name="Set">The data set.</param>
/// <param name="Splits">The parts; null if it cannot be split.</param>
/// <param name="Leakage">What of one part is also in another; null without parts.</param>
/// <param name="Problem">Why it cannot be split; null if it can.</param>
internal sealed record DataSummary(PictureSet Set, Splits? Splits, LeakageReport? Leakage, string? Problem)
{
    private const int SkippedShown = 10;

    private IReadOnlyList<IReadOnlyList<Picture>> Copies => [.. Set.Pictures.GroupBy(picture => picture.Sha256).Where(group => group.Count() > 1).Select(group => group.ToList())];

    /// <summary>Splits and compares; a data set that cannot be split is still summed up.</summary>
    public static DataSummary Of(PictureSet set, Func<Splits> split)
    {
        try
        {
            var splits = split();
            return new(set, splits, Data.Leakage.Find(splits), null);
        }
        catch (VisionException e)
        {
            return new(set, null, null, e.Message);
        }
    }

    /// <summary>For people.</summary>
    public void Print()
    {
        var copies = Copies;
        Details.Title("data set", Set.Name);
        Details.Fields(
            ("source", Set.Source),
            ("format", Set.Format),
            ("pictures", Count(Set.Pictures.Count)),
            ("sizes", Sizes()),
            ("bytes", Human.Size(Set.Pictures.Sum(picture => picture.Length))),
            ("digest", Set.Digest),
            ("skipped", Count(Set.Skipped.Count)),
            ("exact copies", copies.Count == 0 ? "none" : $"{Count(copies.Sum(group => group.Count - 1))} pictures repeat {Count(copies.Count)} others"));
        Details.Section("Classes", Set.Classes, ClassColumns());
        Details.Section("Details", [.. DetailCounts().Select(detail => (detail.Name, Count(detail.Count)))]);
        Details.Section("Skipped", [.. Set.Skipped.Take(SkippedShown).Select(skipped => (skipped.Name, skipped.Why))]);
        if (Set.Skipped.Count > SkippedShown)
        {
            Console.Out.WriteLine($"  … and {Count(Set.Skipped.Count - SkippedShown)} more; '--format json' names all.");
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine(SafeText.OneLine(Problem is not null ? "No split: " + Problem
            : Leakage!.Finding is { } finding ? "LEAKAGE: " + finding
            : "No picture is in more than one part."));
    }

    /// <summary>For programs.</summary>
    public JsonObject ToJson() => new()
    {
        ["name"] = Set.Name,
        ["source"] = Set.Source,
        ["format"] = Set.Format,
        ["digest"] = Set.Digest,
        ["pictures"] = Set.Pictures.Count,
        ["bytes"] = Set.Pictures.Sum(picture => picture.Length),
        ["classes"] = new JsonObject(Set.Classes.Select(name => KeyValuePair.Create(name, (JsonNode?)Set.Pictures.Count(picture => picture.Label == name)))),
        ["details"] = new JsonObject(DetailCounts().Select(detail => KeyValuePair.Create(detail.Name, (JsonNode?)detail.Count))),
        ["skipped"] = new JsonArray([.. Set.Skipped.Select(skipped => new JsonObject { ["name"] = skipped.Name, ["why"] = skipped.Why })]),
        ["copies"] = new JsonArray([.. Copies.Select(group => new JsonArray([.. group.Select(picture => (JsonNode?)picture.Name)]))]),
        ["split"] = Splits is null ? null : new JsonObject(Parts().Select(part => KeyValuePair.Create(part.Name, (JsonNode?)new JsonObject(
            Set.Classes.Select(name => KeyValuePair.Create(name, (JsonNode?)part.Pictures.Count(picture => picture.Label == name))))))),
        ["split_problem"] = Problem,
        ["leakage"] = Leakage is null ? null : new JsonObject
        {
            ["finding"] = Leakage.Finding,
            ["validation_in_train"] = Leakage.ValidationInTrain,
            ["test_in_others"] = Leakage.TestInOthers,
        },
    };

    private IEnumerable<(string Name, int Count)> DetailCounts() => Set.Pictures
        .Where(picture => picture.Detail is not null)
        .CountBy(picture => picture.Detail!)
        .OrderByDescending(detail => detail.Value).ThenBy(detail => detail.Key, StringComparer.Ordinal)
        .Select(detail => (detail.Key, detail.Value));

    private IEnumerable<(string Name, IReadOnlyList<Picture> Pictures)> Parts() =>
        Splits is null ? [] : [("train", Splits.Train), ("validation", Splits.Validation), ("test", Splits.Test)];

    private List<Column<string>> ClassColumns()
    {
        var columns = new List<Column<string>>
        {
            new("id", name => Count(Set.Classes.Index().First(known => known.Item == name).Index), ColumnKind.Number),
            new("class", name => name),
            new("pictures", name => Count(Set.Pictures.Count(picture => picture.Label == name)), ColumnKind.Number),
        };
        columns.AddRange(Parts().Select(part => new Column<string>(
            part.Name, name => Count(part.Pictures.Count(picture => picture.Label == name)), ColumnKind.Number)));
        return columns;
    }

    private string? Sizes()
    {
        if (Set.Pictures.Count == 0)
        {
            return null;
        }

        var sizes = Set.Pictures.CountBy(picture => (picture.Width, picture.Height)).OrderByDescending(size => size.Value).ThenBy(size => size.Key).ToList();
        var (width, height) = sizes[0].Key;
        return sizes.Count == 1 ? $"{width} × {height}" : $"{width} × {height} most often, {Count(sizes.Count)} sizes in all, up to "
            + $"{Set.Pictures.Max(picture => picture.Width)} × {Set.Pictures.Max(picture => picture.Height)}";
    }

    private static string Count(int count) => count.ToString("n0", CultureInfo.InvariantCulture);
}
