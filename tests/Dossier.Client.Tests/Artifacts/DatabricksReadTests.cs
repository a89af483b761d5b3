using Dossier.Client.Tests.Peers;
using Microsoft.AspNetCore.Http;

namespace Dossier.Client.Tests.Artifacts;

/// <summary>The peer answers in the shapes that Databricks' own client expects; a real workspace was not at hand.</summary>
public sealed class DatabricksReadTests
{
    [Theory]
    [InlineData("dbfs:/databricks/mlflow-tracking/7/r1/artifacts/model")]
    [InlineData("runs:/r1/model")]
    public async Task Files_of_a_run_are_read_through_signed_urls_without_our_token(string uri)
    {
        await using var peer = await WorkspaceAsync();
        using var client = peer.Client(databricks: true);
        var model = new ArtifactLocation.AtUri(uri);
        Assert.Equal(["MLmodel", "data"], await client.Artifacts.ListAsync(model).Select(file => file.Path).ToListAsync());
        await using var file = await client.Artifacts.OpenReadAsync(model.Child("MLmodel"));
        Assert.Equal("flavors: {}", await new StreamReader(file).ReadToEndAsync());

        var asked = Assert.Single(peer.Asked, asked => asked.Path.EndsWith("credentials-for-read", StringComparison.Ordinal));
        Assert.Equal(("POST", """{"run_id":"r1","path":["model/MLmodel"]}""", "Bearer a-token"), (asked.Method, asked.Body, asked.Authorization));
        var signed = Assert.Single(peer.Asked, asked => asked.Path == "/bucket/object");
        Assert.Equal(("?sig=SIGNED", null), (signed.Query, signed.Authorization));
    }

    [Fact]
    public async Task Files_of_a_registered_version_are_listed_and_read_by_name_and_version()
    {
        await using var peer = await WorkspaceAsync();
        using var client = peer.Client(databricks: true);
        var version = new ArtifactLocation.AtUri("models:/my model/3");
        Assert.Equal(["MLmodel", "data"], await client.Artifacts.ListAsync(version).Select(file => file.Path).ToListAsync());
        await using var file = await client.Artifacts.OpenReadAsync(version.Child("MLmodel"));
        Assert.Equal("flavors: {}", await new StreamReader(file).ReadToEndAsync());
        Assert.Contains(peer.Asked, asked => asked.Query == "?name=my%20model&version=3&path=MLmodel");
    }

    [Fact]
    public async Task A_signature_shows_in_no_error()
    {
        await using var peer = await WorkspaceAsync(storeStatus: 403);
        using var client = peer.Client(databricks: true);
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Artifacts.OpenReadAsync(new ArtifactLocation.InRun("r1", "x")));
        Assert.Equal(403, error.StatusCode);
        Assert.DoesNotContain("SIGNED", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3://key:s3cret@bucket/model")]
    [InlineData("dbfs:/FileStore/model")]
    public async Task Places_that_cannot_be_read_are_said_to_be_so(string uri)
    {
        await using var peer = await WorkspaceAsync();
        using var client = peer.Client(databricks: true);
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Artifacts.OpenReadAsync(new ArtifactLocation.AtUri(uri)));
        Assert.Equal(ErrorCode.NotImplemented, error.ErrorCode);
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
        Assert.Empty(peer.Asked);
    }

    private static async Task<Peer> WorkspaceAsync(int storeStatus = 200)
    {
        Peer? peer = null;
        peer = await Peer.StartAsync((http, _) =>
        {
            var signed = $"{{\"path\": \"x\", \"signed_uri\": \"{peer!.Uri}bucket/object?sig=SIGNED\", \"type\": \"AWS_PRESIGNED_URL\", \"headers\": [{{\"name\": \"x-key\", \"value\": \"v\"}}]}}";
            switch (http.Request.Path.Value)
            {
                case "/api/2.0/mlflow/artifacts/list":
                    return http.Json("""{"root_uri": "dbfs:/x", "files": [{"path": "model/MLmodel", "is_dir": false, "file_size": 11}, {"path": "model/data", "is_dir": true}]}""");
                case "/api/2.0/mlflow/model-versions/list-artifacts":
                    return http.Json("""{"files": [{"path": "MLmodel", "is_dir": false, "file_size": 11}, {"path": "data", "is_dir": true}]}""");
                case "/api/2.0/mlflow/artifacts/credentials-for-read":
                    return http.Json($"{{\"credential_infos\": [{signed}]}}");
                case "/api/2.0/mlflow/model-versions/get-signed-download-uri":
                    return http.Json(signed);
                case "/bucket/object" when storeStatus == 200 && http.Request.Headers["x-key"] == "v":
                    return http.Response.WriteAsync("flavors: {}");
                default:
                    http.Response.StatusCode = storeStatus;
                    return http.Response.WriteAsync("<Error>AccessDenied</Error>");
            }
        });
        return peer;
    }
}
