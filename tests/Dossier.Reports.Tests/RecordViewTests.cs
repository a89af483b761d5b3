using CsCheck;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;
using Dossier.Testing;

namespace Dossier.Reports.Tests;

public sealed class RecordViewTests
{
    [Fact]
    public void The_seed_is_read_by_type()
    {
        var view = new RecordView(Fixture.Seed);
        Assert.False(view.HasFailed);
        Assert.Equal("models:/dbdemos_pcb_classification/1", view.Manifest.TitleUri);
        Assert.Equal("dbdemos_pcb_classification", view.RegisteredModel!.Name);
        Assert.Equal(("1", "Staging"), (view.Version!.Number, view.Version.Stage));
        Assert.EndsWith("/artifacts/model", view.Version.Source, StringComparison.Ordinal);
        Assert.Equal(("815123f2db9b49cdb9790c6a0371a4da", 1690961357276, 1690964297725), (view.Run!.Id, view.Run.StartTime, view.Run.EndTime));
        Assert.Equal(177, ((RecordObject)view.Run.Params!).Count);
        Assert.Equal(13, ((RecordObject)view.Run.Metrics!).Count);
        Assert.Equal(17, view.Run.Tags.Count);
        Assert.Equal("343271516", PythonText.Of(view.Model.SizeBytes!));
        Assert.Equal("3428923814239786", view.Experiment!.Id);
        Assert.NotNull(view.Experiment.Name);
        Assert.True(view.Model.Artifacts!.Has("files"));
        Assert.Null(view.Model.Signature);
        Assert.Null(view.FeatureStore);
    }

    [Fact]
    public void What_is_shown_in_place_of_the_manifest_does_not_change_it()
    {
        var data = Fixture.Seed;
        var view = new RecordView(data, new() { Source = "file.json", TitleUri = "data:file.json", ReportTime = "2024-01-01 00:00:00" });
        Assert.Equal(("data:file.json", "file.json"), (view.Manifest.TitleUri, view.Manifest.Description.TextAt("source")));
        Assert.Equal("2024-01-01 00:00:00", PythonText.Of(view.Manifest.ReportTime));
        Assert.Equal(Fixture.Bytes("pcb-model.data.json"), data.ToBytes());
    }

    [Fact]
    public void Every_JSON_object_can_be_viewed() => JsonGens.Document.Sample(root =>
    {
        var view = new RecordView(new DataDocument(root));
        foreach (var part in new object?[] { view, view.Manifest, view.Model, view.FeatureStore, view.RegisteredModel, view.Version, view.Run, view.Experiment })
        {
            foreach (var property in part?.GetType().GetProperties() ?? [])
            {
                property.GetValue(part);
            }
        }
    });
}
