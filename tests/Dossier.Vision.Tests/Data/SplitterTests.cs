using CsCheck;
using Dossier.Vision.Data;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Data;

/// <summary>Splits: every picture in one part, each class by its share, what comes from one source together.</summary>
public sealed class SplitterTests
{
    private static readonly byte[][] Sources = [.. Enumerable.Range(0, 60).Select(seed => PictureEncoder.Png(Made.Raster(seed, 24, 24)))];

    // A source's number, and how many copies of it there are; even sources are normal, every third odd one is damaged, the rest is ok.
    private static readonly Gen<int[]> Copies = Gen.Int[1, 5].Array[Sources.Length];

    [Fact]
    public void A_split_by_source_takes_each_picture_once_and_never_parts_copies() =>
        Gen.Select(Copies, Gen.Int, Gen.Double[0.1, 0.3], Gen.Double[0.1, 0.3]).Sample(
            (copies, seed, validation, test) =>
            {
                var set = SetOf(copies);
                var splits = Splitter.Split(set, SplitMethod.Source, validation, test, seed);
                Assert.Equal(set.Pictures.Select(picture => picture.Name), All(splits).Select(picture => picture.Name).Order(StringComparer.Ordinal));
                Assert.All(splits.Parts, part => Assert.Equal(set.Classes, part.Pictures.Select(picture => picture.Label).Distinct().Order(StringComparer.Ordinal)));
                var parts = splits.Parts.SelectMany(part => part.Pictures.Select(picture => (picture.Sha256, part.Name))).Distinct().GroupBy(pair => pair.Sha256);
                Assert.All(parts, source => Assert.Single(source));
                Assert.False(Leakage.Find(splits).Leaks);
            },
            iter: 40);

    [Theory]
    [InlineData(SplitMethod.Source)]
    [InlineData(SplitMethod.Row)]
    public void Each_class_is_split_by_the_shares(SplitMethod method) =>
        Gen.Select(Copies, Gen.Int).Sample(
            (copies, seed) =>
            {
                var set = SetOf(copies);
                var splits = Splitter.Split(set, method, 0.2, 0.25, seed);
                foreach (var label in set.Classes)
                {
                    var all = set.Pictures.Count(picture => picture.Label == label);

                    // Groups of up to five pictures cannot be dealt closer than half of one.
                    Assert.InRange(splits.Validation.Count(picture => picture.Label == label), Math.Max(1, (all * 0.2) - 3.5), (all * 0.2) + 3.5);
                    Assert.InRange(splits.Test.Count(picture => picture.Label == label), Math.Max(1, (all * 0.25) - 3.5), (all * 0.25) + 3.5);
                }
            },
            iter: 40);

    [Theory]
    [InlineData(SplitMethod.Source)]
    [InlineData(SplitMethod.Row)]
    public void The_order_of_the_pictures_does_not_matter_and_the_seed_does(SplitMethod method)
    {
        var set = SetOf([.. Enumerable.Repeat(2, Sources.Length)]);
        var splits = Splitter.Split(set, method, seed: 1);
        var turned = Splitter.Split(set with { Pictures = [.. set.Pictures.Reverse()] }, method, seed: 1);
        Assert.Equal(splits.Train.Select(picture => picture.Name), turned.Train.Select(picture => picture.Name));
        Assert.Equal(splits.Test.Select(picture => picture.Name), turned.Test.Select(picture => picture.Name));
        Assert.NotEqual(splits.Test.Select(picture => picture.Name), Splitter.Split(set, method, seed: 2).Test.Select(picture => picture.Name));
    }

    [Fact]
    public void A_given_split_is_kept_and_what_it_lacks_is_taken_from_training()
    {
        var pictures = Sources.Take(40).Select((encoded, i) => Made.Picture($"{i:00}", i % 2 == 0 ? "a" : "b", encoded, i < 30 ? "Train" : "test"));
        var splits = Splitter.Split(Made.Set(pictures), SplitMethod.Given, validationShare: 0.2);
        Assert.Equal(10, splits.Test.Count);
        Assert.All(splits.Test, picture => Assert.Equal("test", picture.Split));
        Assert.Equal(6, splits.Validation.Count);
    }

    [Fact]
    public void A_picture_without_a_known_split_is_named()
    {
        var pictures = Sources.Take(3).Select((encoded, i) => Made.Picture($"{i}", "a", encoded, i == 1 ? "holdout" : "train"));
        Assert.Equal("1 has the split 'holdout'; train, validation and test are known.",
            Assert.Throws<VisionException>(() => Splitter.Split(Made.Set(pictures), SplitMethod.Given)).Message);
    }

    [Fact]
    public void A_class_with_too_few_sources_is_named()
    {
        var pictures = Sources.Take(20).Select((encoded, i) => Made.Picture($"{i:00}", i < 2 ? "rare" : "common", encoded))
            .Append(Made.Picture("copy", "rare", Sources[0]));
        Assert.Equal("Class 'rare' has 2 source pictures (copies count once), and each of test, validation, train needs one of its own.",
            Assert.Throws<VisionException>(() => Splitter.Split(Made.Set(pictures))).Message);
    }

    [Theory]
    [InlineData(-0.1, 0.1)]
    [InlineData(0.5, 0.5)]
    [InlineData(double.NaN, 0.1)]
    public void Shares_that_make_no_sense_are_refused(double validation, double test) =>
        Assert.Contains("leave something to train on", Assert.Throws<VisionException>(() => Splitter.Split(SetOf([1]), SplitMethod.Row, validation, test)).Message, StringComparison.Ordinal);

    private static IEnumerable<Picture> All(Splits splits) => splits.Parts.SelectMany(part => part.Pictures);

    private static PictureSet SetOf(int[] copies) => Made.Set(copies.SelectMany((count, source) =>
    {
        var picture = MadeOnce.Value[source];
        return Enumerable.Range(0, count).Select(copy => picture with { Name = $"{source:00}#{copy}" });
    }));

    private static readonly Lazy<Picture[]> MadeOnce = new(() =>
        [.. Sources.Select((encoded, i) => Made.Picture($"{i:00}", i % 2 == 0 ? "normal" : i % 3 == 0 ? "damaged" : "ok", encoded))]);
}
