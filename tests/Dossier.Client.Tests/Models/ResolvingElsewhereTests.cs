using System.Text.Json;
using Dossier.Client.Tests.Peers;

namespace Dossier.Client.Tests.Models;

/// <summary>Model URIs on servers whose answers have another shape; the peer answers in that shape.</summary>
public sealed class ResolvingElsewhereTests
{
    [Theory]
    [InlineData("models:/main.ml.pcb/2")]
    [InlineData("models:/main.ml.pcb@champion")]
    [InlineData("models:/main.ml.pcb/latest")]
    public async Task A_model_of_Unity_Catalog_is_asked_for_there(string uri)
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Request.Path.Value!.Split('/')[^1] switch
        {
            "alias" or "get" => http.Json("""{"model_version": {"version": 2, "run_id": "", "source": "dbfs:/x"}}"""),
            _ when http.Request.Query["page_token"] == "n" => http.Json("""{"model_versions": [{"version": "2"}]}"""),
            _ => http.Json("""{"model_versions": [{"version": "1"}], "next_page_token": "n"}"""),
        });
        using var client = peer.Client(databricks: true);

        var model = await client.Models.ResolveAsync(uri);

        Assert.Equal(("main.ml.pcb", "2", null, null), (model.Name, model.Version, model.RunId, model.ModelId));
        Assert.Equal(new ArtifactLocation.InVersion("main.ml.pcb", "2"), model.Location);
        Assert.All(peer.Asked, asked => Assert.StartsWith("/api/2.0/mlflow/unity-catalog/", asked.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unity_Catalog_has_no_stages()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Json("{}"));
        using var client = peer.Client(databricks: true);
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Models.ResolveAsync("models:/main.ml.pcb/Staging"));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Empty(peer.Asked);
    }

    [Fact]
    public async Task A_dot_in_a_name_means_Unity_Catalog_on_Databricks_only()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Json("""{"model_versions": [{"version": "9"}, {"version": "10"}]}"""));
        using var client = peer.Client();
        Assert.Equal("10", (await client.Models.ResolveAsync("models:/a.b.c/latest")).Version);
        var asked = Assert.Single(peer.Asked);
        Assert.Equal("/api/2.0/mlflow/registered-models/get-latest-versions", asked.Path);
        Assert.Equal("a.b.c", JsonDocument.Parse(asked.Body).RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_version_whose_source_is_a_logged_model_names_it()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Json("""{"model_version": {"version": "1", "source": "models:/m-7", "run_id": "r"}}"""));
        using var client = peer.Client();
        var model = await client.Models.ResolveAsync("models:/pcb/1");
        Assert.Equal(("m-7", "r"), (model.ModelId, model.RunId));
    }
}
