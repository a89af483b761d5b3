using Dossier.Client.Tests.Peers;
using Dossier.Testing;
using Microsoft.AspNetCore.Http;

namespace Dossier.Client.Tests.Artifacts;

public sealed class TransferTests : IDisposable
{
    private static readonly ArtifactLocation Root = new ArtifactLocation.AtUri("mlflow-artifacts:/1/r/artifacts");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a\\\\..\\\\evil")]
    [InlineData("evil\\u0000")]
    public async Task A_hostile_listing_writes_nothing_outside_of_the_folder(string path)
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Request.Query.ContainsKey("path")
            ? http.Json($"{{\"files\": [{{\"path\": \"{path}\", \"is_dir\": false, \"file_size\": 4}}]}}")
            : http.Response.WriteAsync("evil"));
        using var client = peer.Client();
        var inner = _folder.Combine("down", "load");
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Artifacts.DownloadFolderAsync(Root, inner));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Folders_without_end_are_given_up()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Json("""{"files": [{"path": "d", "is_dir": true}]}"""));
        using var client = peer.Client();
        await Assert.ThrowsAsync<ProtocolException>(() => client.Artifacts.DownloadFolderAsync(Root, _folder.Path));
        Assert.Equal(64, peer.Asked.Count);
    }

    [Fact]
    public async Task A_location_cannot_leave_its_root_either()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Json("{}"));
        using var client = peer.Client();
        await Assert.ThrowsAsync<ProtocolException>(() => client.Artifacts.OpenReadAsync(Root.Child("..").Child("x")));
        await Assert.ThrowsAsync<ProtocolException>(() => client.Artifacts.UploadTextAsync("x", Root.Child("../../x")));
        Assert.Empty(peer.Asked);
    }

    [Fact]
    public async Task Our_token_goes_to_no_other_server()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Json("{}"));
        using var client = peer.Client();
        var error = await Assert.ThrowsAsync<ProtocolException>(
            () => client.Artifacts.OpenReadAsync(new ArtifactLocation.AtUri("mlflow-artifacts://elsewhere.example/1/x")));
        Assert.Equal(ErrorCode.NotImplemented, error.ErrorCode);
    }

    [Fact]
    public async Task A_download_that_breaks_off_starts_again_and_leaves_no_half_file()
    {
        await using var peer = await Peer.StartAsync(async (http, count) =>
        {
            http.Response.ContentLength = 6;
            await http.Response.WriteAsync("abc");
            if (count == 1)
            {
                await http.Response.Body.FlushAsync();
                http.Abort();
                return;
            }

            await http.Response.WriteAsync("def");
        });
        using var client = peer.Client();
        var progress = new LastReport();
        var file = _folder.Combine("below", "x.txt");
        await client.Artifacts.DownloadFileAsync(Root.Child("x.txt"), file, progress);
        Assert.Equal("abcdef", await File.ReadAllTextAsync(file));
        Assert.Equal(6, progress.Last);
        Assert.Equal([file], Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_download_that_never_succeeds_leaves_nothing()
    {
        await using var peer = await Peer.StartAsync(async (http, _) =>
        {
            http.Response.ContentLength = 6;
            await http.Response.WriteAsync("abc");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        using var client = peer.Client();
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Artifacts.DownloadFileAsync(Root.Child("x"), _folder.Combine("x")));
        Assert.Equal(0, error.StatusCode);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_starts_again()
    {
        await using var peer = await Peer.StartAsync((http, count) =>
        {
            if (count == 1)
            {
                http.Abort();
                return Task.CompletedTask;
            }

            return http.Json("{}");
        });
        using var client = peer.Client();
        var file = _folder.Combine("x.txt");
        await File.WriteAllTextAsync(file, "content");
        var progress = new LastReport();
        await client.Artifacts.UploadFileAsync(file, Root.Child("a b#%.txt"), progress);
        Assert.Equal(2, peer.Asked.Count);
        Assert.All(peer.Asked, asked => Assert.Equal(("PUT", "/api/2.0/mlflow-artifacts/artifacts/1/r/artifacts/a%20b%23%25.txt", "content"), (asked.Method, asked.Path, asked.Body)));
        Assert.Equal(7, progress.Last);
    }

    [Fact]
    public async Task A_run_whose_artifacts_are_not_proxied_is_read_by_run_and_not_written()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Request.Path.Value switch
        {
            "/api/2.0/mlflow/runs/get" => http.Json("""{"run": {"info": {"run_id": "r", "artifact_uri": "s3://bucket/r/artifacts"}}}"""),
            "/api/2.0/mlflow/artifacts/list" => http.Json("""{"files": [{"path": "m/MLmodel", "is_dir": false, "file_size": 3}]}"""),
            "/get-artifact" => http.Response.WriteAsync("abc"),
            _ => http.Error(500, "UNEXPECTED"),
        });
        using var client = peer.Client();
        var model = new ArtifactLocation.InRun("r", "m");
        Assert.Equal("MLmodel", (await client.Artifacts.ListAsync(model).SingleAsync()).Path);
        await using var file = await client.Artifacts.OpenReadAsync(model.Child("MLmodel"));
        Assert.Equal("abc", await new StreamReader(file).ReadToEndAsync());
        Assert.Equal("?run_id=r&run_uuid=r&path=m%2FMLmodel", peer.Asked[^1].Query);
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Artifacts.UploadTextAsync("x", model.Child("y")));
        Assert.Equal(ErrorCode.NotImplemented, error.ErrorCode);
    }
}
