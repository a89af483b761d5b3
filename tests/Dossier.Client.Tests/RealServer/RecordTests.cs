using System.Text.Json;
using Dossier.Client.Tests.Peers;

namespace Dossier.Client.Tests.RealServer;

public sealed class RecordTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_record_is_read_as_the_server_wrote_it()
    {
        var run = (await server.Client.Runs.CreateAsync(new() { ExperimentId = "0", RunName = "ü" })).Info;
        using var http = new HttpClient { BaseAddress = server.Url };
        var raw = await http.GetStringAsync(new Uri("api/2.0/mlflow/runs/get?run_id=" + run.RunId, UriKind.Relative));
        var reader = server.Client.Records;
        Assert.Equal(raw, await reader.ReadAsync(new RecordQuery.Run(run.RunId), default));
        Assert.Equal(server.Url.AbsoluteUri.TrimEnd('/'), reader.Host);
        Assert.Equal((reader.Host, false), (reader.TrackingUri, reader.IsDatabricks));
    }

    [Fact]
    public async Task Unusual_members_order_and_numbers_survive()
    {
        const string Odd = """{"run": {"z": 1.50, "a": 9223372036854775808, "permission_level": "CAN_READ",  "t": "\u00fc"}}""";
        await using var peer = await Peer.StartAsync((http, _) => http.Json(Odd));
        using var client = peer.Client();
        Assert.Equal(Odd, await client.Records.ReadAsync(new RecordQuery.Run("r"), default));
        Assert.Equal(("GET", "/api/2.0/mlflow/runs/get", "?run_id=r"), (peer.Asked[0].Method, peer.Asked[0].Path, peer.Asked[0].Query));
    }

    [Fact]
    public async Task Artifacts_are_listed_raw_and_opened()
    {
        var run = (await server.Client.Runs.CreateAsync(new() { ExperimentId = "0" })).Info;
        var model = new ArtifactLocation.InRun(run.RunId, "model");
        Assert.Equal("{}", await server.Client.Records.ListArtifactsAsync(model, null, default));
        await server.Client.Artifacts.UploadTextAsync("abc", model.Child("MLmodel"));
        var page = JsonSerializer.Deserialize(await server.Client.Records.ListArtifactsAsync(model, null, default), WireJson.TypeInfo<ArtifactsAnswer>());
        Assert.Equal(3, page!.Files!.Single().FileSize);
        await using var stream = await server.Client.Records.OpenArtifactAsync(model.Child("MLmodel"), default);
        Assert.Equal("abc", await new StreamReader(stream).ReadToEndAsync());
        var error = await Assert.ThrowsAsync<ProtocolException>(() => server.Client.Records.OpenArtifactAsync(model.Child("none"), default));
        Assert.Equal(ErrorCode.ResourceDoesNotExist, error.ErrorCode);
    }
}
