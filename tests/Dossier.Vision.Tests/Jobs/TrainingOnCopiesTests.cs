using System.Text.Json;
using Dossier.Client;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Dossier.Testing;
using Dossier.Vision.Data;
using Dossier.Vision.Jobs;
using Dossier.Vision.Pictures;
using Dossier.Vision.Tests.Data;
using Parquet;
using Parquet.Schema;
using TorchSharp;

namespace Dossier.Vision.Tests.Jobs;

/// <summary>The fault of the seed's training: a table with 16 copies of each picture, split by row.</summary>
public sealed class TrainingOnCopiesTests : IAsyncLifetime
{
    private const int Sources = 20;
    private const int Copies = 16;
    private const string Tag = "dossier.finding.leakage";

    private readonly TemporaryFolder _folder = new();
    private DossierServer _server = null!;
    private DossierClient _client = null!;

    [Fact]
    public async Task A_split_by_row_raises_the_leakage_finding_and_one_by_source_of_the_same_data_does_not()
    {
        var table = _folder.Combine("copies.parquet");
        await WriteAsync(table);

        var byRow = await TrainAsync(table, SplitMethod.Row);
        var bySource = await TrainAsync(table, SplitMethod.Source);

        Assert.Equal(bySource.Splits.Set.Digest, byRow.Splits.Set.Digest);
        Assert.True(byRow.Leakage.Leaks);
        Assert.Equal(byRow.Splits.Test.Count, byRow.Leakage.TestInOthers);
        Assert.Equal(byRow.Leakage.Finding, (await TagsAsync(byRow))[Tag]);
        var found = await LeakageOfAsync(byRow);
        Assert.Equal(byRow.Leakage.TestInOthers, found.GetProperty("test_in_others").GetInt32());
        Assert.Equal(byRow.Leakage.ValidationInTrain, found.GetProperty("validation_in_train").GetInt32());

        Assert.False(bySource.Leakage.Leaks);
        Assert.NotEmpty(bySource.Splits.Test);
        Assert.DoesNotContain(Tag, (await TagsAsync(bySource)).Keys);
        Assert.Equal(0, (await LeakageOfAsync(bySource)).GetProperty("test_in_others").GetInt32());
    }

    public async ValueTask InitializeAsync()
    {
        _server = await DossierServer.StartAsync(new() { Port = 0, BackendStore = "sqlite:///" + _folder.Combine("dossier.db"), ArtifactRoot = _folder.Combine("artifacts") });
        _client = new(new(_server.Url));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<TrainingOutcome> TrainAsync(string table, SplitMethod split)
    {
        // More threads than tests can use only wait for each other at this size.
        torch.set_num_threads(1);
        return await new TrainingJob(_client, new()
        {
            DataPath = table,
            Split = split,
            Experiment = "copies",
            NewModel = Tests.Training.Boards.Config,
            Training = Tests.Training.Boards.Arguments(_folder.Combine(split.ToString())) with { NumTrainEpochs = 1, PerDeviceTrainBatchSize = 32 },
        }).RunAsync();
    }

    private async Task<Dictionary<string, string>> TagsAsync(TrainingOutcome outcome)
    {
        var run = await _client.Runs.GetAsync(outcome.RunId);
        Assert.Equal(RunStatus.Finished, run.Info.Status);
        return run.Data.Tags!.ToDictionary(tag => tag.Key, tag => tag.Value);
    }

    private async Task<JsonElement> LeakageOfAsync(TrainingOutcome outcome)
    {
        using var folder = new TemporaryFolder();
        await _client.Artifacts.DownloadFolderAsync(new ArtifactLocation.InRun(outcome.RunId, "data"), folder.Path);
        return JsonElement.Parse(await File.ReadAllTextAsync(folder.Combine("leakage.json")));
    }

    private static async Task WriteAsync(string path)
    {
        var (content, label) = (new DataField<byte[]>("content"), new DataField<string>("label"));
        byte[][] pictures = [.. Enumerable.Range(0, Sources).Select(seed => PictureEncoder.Png(Made.Raster(seed, 16, 16)))];
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(content, label), file);
        for (var copy = 0; copy < Copies; copy++)
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(content, pictures);
            await group.WriteAsync(label, pictures.Select((_, source) => source % 2 == 0 ? "normal" : "damaged").ToArray());
        }
    }
}
