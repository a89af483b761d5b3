using System.Net;
using System.Net.Sockets;
using System.Text;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.HolesOfOtherServers;

/// <summary>Holes that other servers had: proxied artifacts, uploads in parts and artifact locations that know nothing of permissions.</summary>
public sealed class ArtifactTests(Attack attack) : IClassFixture<Attack>
{
    private const string Files = "/api/2.0/mlflow-artifacts/artifacts";
    private const string Mpu = "/api/2.0/mlflow-artifacts/mpu";

    [Theory]
    [InlineData("/{exp}/{run}/artifacts/secret.txt")]
    [InlineData("/{exp}/models/{logged}/artifacts/secret.txt")]
    [InlineData("/{my-exp}/../{exp}/{run}/artifacts/secret.txt")]
    [InlineData("/{my-exp}/%2e%2e/{exp}/{run}/artifacts/secret.txt")]
    [InlineData("/{my-exp}/..%2f{exp}/{run}/artifacts/secret.txt")]
    [InlineData("/{my-exp}/..%5c{exp}/{run}/artifacts/secret.txt")]
    [InlineData("/{my-exp}/../../dossier.db")]
    [InlineData("//{exp}/{run}/artifacts/secret.txt")]
    [InlineData("/%2f{exp}/{run}/artifacts/secret.txt")]
    [InlineData("/./{exp}/{run}/artifacts/secret.txt")]
    [InlineData("/{exp}/{run}%2fartifacts/secret.txt")]
    [InlineData("/{exp}")]
    [InlineData("/")]
    [InlineData("")]
    public async Task Nobody_reads_writes_or_deletes_files_of_an_experiment_that_is_not_theirs(string path)
    {
        foreach (var method in new[] { "GET", "HEAD", "PUT", "DELETE" })
        {
            var answer = await RawAsync(method, Files + attack.Fill(path), "forged");
            Assert.InRange(RawHttp.StatusOf(answer), 400, 499);
            Assert.DoesNotContain(Attack.Secret, answer, StringComparison.Ordinal);
        }

        await ExpectUntouchedAsync();
    }

    [Fact]
    public async Task What_is_encoded_twice_is_a_name_of_ones_own()
    {
        var target = attack.Fill($"{Files}/{{my-exp}}/%252e%252e/{{exp}}/{{run}}/artifacts/secret.txt");
        Assert.Equal(200, RawHttp.StatusOf(await RawAsync("PUT", target, "mine")));
        Assert.EndsWith("mine", await RawAsync("GET", target, ""), StringComparison.Ordinal);
        await ExpectUntouchedAsync();
    }

    [Theory]
    [InlineData("?path={exp}")]
    [InlineData("?path={exp}/{run}/artifacts")]
    [InlineData("?path={my-exp}&path={exp}")]
    [InlineData("?path={my-exp}/../{exp}")]
    [InlineData("?path=..")]
    [InlineData("?path=/")]
    [InlineData("?path=")]
    [InlineData("")]
    public async Task Nobody_lists_files_of_an_experiment_that_is_not_theirs_nor_the_store_as_a_whole(string query)
    {
        var answer = await attack.TryAsync($"GET {Files}{query}");
        Assert.InRange((int)answer.Status, 400, 499);
        Assert.DoesNotContain("secret.txt", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_administrator_lists_the_store() =>
        Assert.Equal(HttpStatusCode.OK, (await attack.Server.SendAsync(HttpMethod.Get, Files)).Status);

    [Theory]
    [InlineData("create/{exp}/{run}/artifacts", """{"path": "secret.txt", "num_parts": 1}""")]
    [InlineData("create/{exp}/{run}", """{"path": "artifacts", "num_parts": 1}""")]
    [InlineData("create/{my-exp}", """{"path": "../{exp}/..", "num_parts": 1}""")]
    [InlineData("complete/{exp}/{run}/artifacts", """{"path": "secret.txt", "upload_id": "{upload}", "parts": [{"part_number": 1, "etag": "{etag}"}]}""")]
    [InlineData("abort/{exp}/{run}/artifacts", """{"path": "secret.txt", "upload_id": "{upload}"}""")]
    public async Task Nobody_uploads_in_parts_into_an_experiment_that_is_not_theirs(string path, string body)
    {
        var (upload, etag) = await UploadAsync(attack.Attacker, attack.Mine);
        body = body.Replace("{upload}", upload, StringComparison.Ordinal).Replace("{etag}", etag, StringComparison.Ordinal);
        Assert.InRange((int)(await attack.TryAsync($"POST {Mpu}/{path}", body)).Status, 400, 499);
        await ExpectUntouchedAsync();
    }

    [Fact]
    public async Task An_upload_of_somebody_else_is_neither_completed_elsewhere_nor_aborted()
    {
        var (upload, etag) = await UploadAsync(attack.Victim, attack.Theirs);
        var (folder, theirs) = (attack.Fill("{my-exp}/{my-run}/artifacts"), attack.Fill("{exp}/{run}/artifacts"));
        var parts = $$"""{"path": "big", "upload_id": "{{upload}}", "parts": [{"part_number": 1, "etag": "{{etag}}"}]}""";
        Assert.Equal(HttpStatusCode.NotFound, (await attack.SendAsync($"POST {Mpu}/complete/{folder}", parts)).Status);
        await attack.SendAsync($"POST {Mpu}/abort/{folder}", $$"""{"path": "big", "upload_id": "{{upload}}"}""");
        Assert.Equal(HttpStatusCode.OK, (await attack.Victim.SendAsync(HttpMethod.Post, $"{Mpu}/complete/{theirs}", parts)).Status);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000/1")]
    [InlineData("../1")]
    [InlineData("%2e%2e%2f%2e%2e/1")]
    [InlineData("*/1")]
    public async Task A_part_is_put_by_who_knows_the_uploads_id_alone(string part) =>
        Assert.InRange(RawHttp.StatusOf(await RawHttp.SendAsync(attack.Server.Server.Url, "PUT", $"{Mpu}/parts/{part}", "x"u8.ToArray())), 400, 499);

    [Theory]
    [InlineData("mlflow-artifacts:/{exp}")]
    [InlineData("mlflow-artifacts:/{exp}/")]
    [InlineData("mlflow-artifacts:/{exp}/{run}/artifacts")]
    [InlineData("mlflow-artifacts:///{exp}/x")]
    [InlineData("MLFLOW-ARTIFACTS:/{exp}/x")]
    [InlineData("mlflow-artifacts:/")]
    [InlineData("mlflow-artifacts:/900000001")]
    [InlineData("mlflow-artifacts:/x/../{exp}")]
    [InlineData("mlflow-artifacts:/x/%2e%2e/{exp}")]
    [InlineData("mlflow-artifacts:/x/%252e%252e/{exp}")]
    [InlineData("mlflow-artifacts:/x\\..\\{exp}")]
    [InlineData("file:///etc")]
    [InlineData("/etc")]
    public async Task No_experiment_is_laid_over_the_files_of_another(string location)
    {
        var answer = await attack.TryAsync("POST experiments/create", $$"""{"name": "over", "artifact_location": "{{location.Replace("\\", "\\\\", StringComparison.Ordinal)}}"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task The_server_goes_nowhere_for_an_artifact_location_or_a_versions_source()
    {
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        var url = $"http://{inside.LocalEndpoint}/latest/meta-data";
        var experiment = await attack.TryAsync("POST experiments/create", $$"""{"name": "elsewhere", "artifact_location": "{{url}}"}""");
        var created = await attack.TryAsync("POST runs/create", $$"""{"experiment_id": "{{experiment.Json.GetProperty("experiment_id").GetString()}}"}""");
        var run = created.Json.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString();
        var version = await attack.TryAsync("POST model-versions/create", $$"""{"name": "{my-model}", "source": "{{url}}"}""");
        var number = version.Json.GetProperty("model_version").GetProperty("version").GetString();
        foreach (var request in new[]
        {
            $"artifacts/list?run_id={run}", $"get-artifact?run_id={run}&path=x", $"model-versions/get-artifact?name={attack.Mine.Model}&version={number}&path=x",
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await attack.TryAsync($"GET {request}")).Status);
        }

        Assert.False(inside.Pending());
    }

    private static async Task<(string Id, string Etag)> UploadAsync(Person owner, Belongings belongings)
    {
        var folder = $"{belongings.Experiment}/{belongings.Run}/artifacts";
        var made = await owner.SendAsync(HttpMethod.Post, $"{Mpu}/create/{folder}", """{"path": "big", "num_parts": 1}""");
        using var content = new StringContent("x");
        using var put = await owner.Http.PutAsync(made.Json.GetProperty("credentials")[0].GetProperty("url").GetString(), content, TestContext.Current.CancellationToken);
        return (made.Json.GetProperty("upload_id").GetString()!, put.Headers.ETag!.Tag.Trim('"'));
    }

    private async Task ExpectUntouchedAsync()
    {
        var file = await attack.Victim.SendAsync(HttpMethod.Get, attack.Fill($"{Files}/{{exp}}/{{run}}/artifacts/secret.txt"));
        Assert.Equal((HttpStatusCode.OK, Attack.Secret), (file.Status, file.Body));
    }

    private Task<string> RawAsync(string method, string target, string body) => RawHttp.SendAsync(
        attack.Server.Server.Url, method, target, method is "PUT" ? Encoding.UTF8.GetBytes(body) : null, authorization: $"Bearer {attack.Attacker.Token}");
}
