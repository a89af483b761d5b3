using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.HolesOfOtherServers;

/// <summary>Holes that other servers had: another form of a path, or another method, that reaches the handler and not the check before it.</summary>
public sealed class PathFormTests(Attack attack) : IClassFixture<Attack>
{
    [Theory]
    [InlineData("GET", "/ajax-api/2.0/mlflow/runs/get?run_id={run}")]
    [InlineData("GET", "/api/2.0/mlflow/runs/get/?run_id={run}")]
    [InlineData("GET", "/API/2.0/MLflow/Runs/GET?run_id={run}")]
    [InlineData("GET", "//api/2.0/mlflow/runs/get?run_id={run}")]
    [InlineData("GET", "/api//2.0/mlflow/runs/get?run_id={run}")]
    [InlineData("GET", "/api/2.0/mlflow/runs%2fget?run_id={run}")]
    [InlineData("GET", "/api/2.0/mlflow/%72uns/get?run_id={run}")]
    [InlineData("GET", "/api/2.0/mlflow/runs/get;x=y?run_id={run}")]
    [InlineData("GET", "/api/2.0/mlflow/x/../runs/get?run_id={run}")]
    [InlineData("GET", "/health/../api/2.0/mlflow/runs/get?run_id={run}")]
    [InlineData("GET", "/health;/api/2.0/mlflow/runs/get?run_id={run}")]
    [InlineData("GET", "http://localhost/api/2.0/mlflow/runs/get?run_id={run}")]
    [InlineData("GET", "/api/3.0/mlflow/logged-models/{logged}")]
    [InlineData("GET", "/ajax-api/3.0/mlflow/Logged-Models/{logged}/")]
    [InlineData("GET", "/ajax-api/2.0/mlflow/get-artifact?run_id={run}&path=secret.txt")]
    [InlineData("GET", "/GET-artifact/?run_id={run}&path=secret.txt")]
    [InlineData("GET", "/ajax-api/2.0/mlflow-artifacts/artifacts/{exp}/{run}/artifacts/secret.txt")]
    [InlineData("GET", "/Api/2.0/Mlflow-Artifacts/Artifacts/{exp}/{run}/artifacts/secret.txt")]
    [InlineData("GET", "/API/2.0/mlflow-artifacts/artifacts/{my-exp}/mlflow-artifacts/artifacts/{exp}/{run}/artifacts/secret.txt")]
    [InlineData("GET", "/API/2.0/Mlflow-Artifacts/artifacts/{my-exp}/mlflow-artifacts/artifacts/{exp}/{run}/artifacts/secret.txt")]
    [InlineData("HEAD", "/get-artifact?run_id={run}&path=secret.txt")]
    [InlineData("HEAD", "/api/2.0/mlflow/runs/get?run_id={run}")]
    [InlineData("OPTIONS", "/api/2.0/mlflow/runs/get?run_id={run}")]
    [InlineData("POST", "/api/2.0/mlflow/runs/get?run_id={run}")]
    [InlineData("get", "/api/2.0/mlflow/runs/get?run_id={run}")]
    public async Task No_form_of_a_path_leads_past_the_check(string method, string target)
    {
        foreach (var authorization in new[] { $"Bearer {attack.Attacker.Token}", null })
        {
            var answer = await RawHttp.SendAsync(attack.Server.Server.Url, method, attack.Fill(target), authorization: authorization);
            Assert.InRange(RawHttp.StatusOf(answer), 400, 499);
            Assert.DoesNotContain(Attack.Secret, answer, StringComparison.Ordinal);
            Assert.DoesNotContain($"Content-Length: {Attack.Secret.Length}\r", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/api/2.0/mlflow/logged-models/{my-logged}/tags/http://{logged}/{logged}/{logged}/{logged}")]
    [InlineData("/api/2.0/mlflow/logged-models/{my-logged}/tags/x:///api/2.0/mlflow/logged-models/{logged}/tags/t")]
    public async Task A_url_in_a_path_is_a_part_of_it(string target)
    {
        var answer = await RawHttp.SendAsync(attack.Server.Server.Url, "DELETE", attack.Fill(target), authorization: $"Bearer {attack.Attacker.Token}");
        Assert.Equal(404, RawHttp.StatusOf(answer));
        Assert.Contains(attack.Mine.LoggedModel, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-HTTP-Method")]
    [InlineData("X-Method-Override")]
    public async Task No_header_or_field_stands_for_the_method(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, attack.Fill("/api/2.0/mlflow/logged-models/{my-logged}?_method=DELETE"));
        request.Headers.Add(header, "DELETE");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await attack.Attacker.SendAsync(request)).Status);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await attack.TryAsync("GET logged-models/{my-logged}")).Status);
    }

    [Theory]
    [InlineData("X-Forwarded-User", "root")]
    [InlineData("X-Remote-User", "root")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Original-URL", "/health")]
    [InlineData("X-Rewrite-URL", "/health")]
    [InlineData("Cookie", "user=root")]
    public async Task No_header_but_one_says_who_asks(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, attack.Fill("/api/2.0/mlflow/runs/get?run_id={run}"));
        request.Headers.TryAddWithoutValidation(header, value);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await attack.Server.Nobody.SendAsync(request)).Status);
    }
}
