using System.Text.Json;
using Dossier.Vision.Data;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Data;

/// <summary>What the record keeps of a data set.</summary>
public sealed class DatasetInputsTests
{
    [Fact]
    public void A_part_is_described_with_its_own_digest_source_schema_and_counts()
    {
        var set = Made.Set(Enumerable.Range(0, 40).Select(seed => Made.Picture($"{seed:00}", seed % 4 == 0 ? "damaged" : "normal", PictureEncoder.Png(Made.Raster(seed, 24, 20)))));
        var splits = Splitter.Split(set, seed: 5);
        var (train, test) = (DatasetInputs.Describe(splits, "train"), DatasetInputs.Describe(splits, "test"));
        Assert.Equal(("made", "local", """{"uri":"/made"}"""), (train.Name, train.SourceType, train.Source));
        Assert.Equal(3, new[] { train.Digest, test.Digest, DatasetInputs.Describe(splits, "validation").Digest }.Distinct().Count());
        Assert.InRange(train.Digest.Length, 8, 36);

        using var schema = JsonDocument.Parse(train.Schema!);
        Assert.Equal("image", schema.RootElement.GetProperty("mlflow_colspec")[0].GetProperty("name").GetString());
        using var profile = JsonDocument.Parse(train.Profile!);
        var root = profile.RootElement;
        Assert.Equal(splits.Train.Count, root.GetProperty("num_rows").GetInt32());
        Assert.Equal(splits.Train.Count(picture => picture.Label == "damaged"), root.GetProperty("classes").GetProperty("damaged").GetInt32());
        Assert.Equal((24, "source", 5), (root.GetProperty("width").GetProperty("max").GetInt32(), root.GetProperty("split_method").GetString(), root.GetProperty("split_seed").GetInt32()));
        Assert.Equal(set.Digest, root.GetProperty("data_set_digest").GetString());
    }
}
