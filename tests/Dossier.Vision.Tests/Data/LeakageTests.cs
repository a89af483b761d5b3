using Dossier.Vision.Data;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Data;

/// <summary>The seed's fault is found: many copies of each picture, split by row.</summary>
public sealed class LeakageTests
{
    [Fact]
    public void Sixteen_copies_of_each_picture_split_by_row_leak_and_the_honest_split_does_not()
    {
        var set = Copied(16);
        var leaky = Leakage.Find(Splitter.Split(set, SplitMethod.Row, validationShare: 0.2, testShare: 0));
        Assert.True(leaky.Leaks);
        Assert.Equal(128, leaky.ValidationInTrain);
        Assert.StartsWith("128 of 128 validation pictures are also in training, byte for byte. ", leaky.Finding, StringComparison.Ordinal);
        Assert.Contains("split by source picture", leaky.Finding, StringComparison.Ordinal);
        Assert.All(leaky.Pairs, pair => Assert.True(pair is { Part: "validation", TwinPart: "train", Exact: true } && pair.Name[..2] == pair.TwinName[..2]));

        var honest = Leakage.Find(Splitter.Split(set, SplitMethod.Source, validationShare: 0.2, testShare: 0));
        Assert.Equal((false, 0, null), (honest.Leaks, honest.Pairs.Count, honest.Finding));
    }

    [Fact]
    public void A_flipped_copy_in_the_test_part_is_found()
    {
        Picture Of(int seed, bool flipped) =>
            Made.Picture($"{seed}{(flipped ? "-flipped" : "")}", "a", PictureEncoder.Jpeg(flipped ? Made.FlippedDown(Made.Raster(seed)) : Made.Raster(seed)));
        Picture[] train = [Of(1, false), Of(2, false)], validation = [Of(3, false)], test = [Of(4, false), Of(2, true)];
        var report = Leakage.Find(new Splits(Made.Set([.. train, .. validation, .. test]), train, validation, test, SplitMethod.Given));
        Assert.Equal(new LeakedPair("2-flipped", "test", "2", "train", Exact: false), Assert.Single(report.Pairs));
        Assert.StartsWith("1 of 2 test pictures are also in training or validation, re-encoded, resized, flipped or turned. ", report.Finding, StringComparison.Ordinal);
        Assert.Equal((0, 1), (report.ValidationInTrain, report.TestInOthers));
    }

    [Fact]
    public void At_most_a_thousand_pairs_are_listed_and_all_are_counted()
    {
        var report = Leakage.Find(Splitter.Split(Copied(100), SplitMethod.Row, validationShare: 0.3, testShare: 0.2));
        Assert.Equal((1000, 1200, 800), (report.Pairs.Count, report.ValidationInTrain, report.TestInOthers));
    }

    private static PictureSet Copied(int copies) => Made.Set(Enumerable.Range(0, 40).SelectMany(seed =>
    {
        var picture = Made.Picture("", seed % 2 == 0 ? "normal" : "damaged", PictureEncoder.Png(Made.Raster(seed, 24, 24)));
        return Enumerable.Range(0, copies).Select(copy => picture with { Name = $"{seed:00}#{copy:00}" });
    }));
}
