using System.Net;
using System.Text;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

public abstract class OAuthTests(Database database) : IAsyncLifetime
{
    private RunningServer _server = null!;
    private Person _robot = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(database, requireSignIn: true);
        _robot = await _server.ServicePrincipalAsync("robot");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _server.DisposeAsync();
    }

    private string Secrets => $"/api/2.0/accounts/servicePrincipals/{_robot.Id}/credentials/secrets";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_secret_is_good_for_tokens_of_an_hour(bool basic)
    {
        var secret = await CreateAsync();
        var issued = await IssueAsync(_robot.Name, secret, basic);
        Assert.Equal(HttpStatusCode.OK, issued.Status);
        Assert.Equal(("Bearer", 3600, "all-apis"), (
            issued.Json.GetProperty("token_type").GetString(), issued.Json.GetProperty("expires_in").GetInt32(), issued.Json.GetProperty("scope").GetString()));
        Assert.Equal(HttpStatusCode.OK, await UseAsync(issued));

        // It is no personal token, and in no list.
        Assert.Equal(1, (await _robot.SendAsync(HttpMethod.Get, "/api/2.0/token/list")).Json.GetProperty("token_infos").GetArrayLength());
    }

    [Fact]
    public async Task A_wrong_secret_is_answered_as_OAuth_and_as_the_protocol_have_it()
    {
        var secret = await CreateAsync();
        foreach (var (client, wrong) in new[] { (_robot.Name, secret + "x"), (Guid.NewGuid().ToString(), secret), (_robot.Name, ""), ("", secret), (_robot.Name, _robot.Token) })
        {
            var refused = await IssueAsync(client, wrong);
            Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client", "UNAUTHENTICATED"), (refused.Status, Error(refused), refused.ErrorCode));
        }
    }

    [Fact]
    public async Task Other_grants_and_scopes_are_refused()
    {
        var secret = await CreateAsync();
        Assert.Equal("unsupported_grant_type", Error(await IssueAsync(_robot.Name, secret, grant: "password")));
        Assert.Equal("invalid_scope", Error(await IssueAsync(_robot.Name, secret, scope: "sql")));
        Assert.Equal("unsupported_grant_type", Error(await _server.Nobody.SendAsync(HttpMethod.Post, "/oidc/v1/token", "{}")));
    }

    [Fact]
    public async Task Secrets_are_shown_once_listed_and_deleted_with_all_that_was_handed_out_for_them()
    {
        var created = await _server.Admin.SendAsync(HttpMethod.Post, Secrets, """{"lifetime": "3600s"}""");
        var secret = created.Json.GetProperty("secret").GetString()!;
        var id = created.Json.GetProperty("id").GetString()!;
        var list = await _server.Admin.SendAsync(HttpMethod.Get, Secrets);
        Assert.Contains(id, list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, list.Body, StringComparison.Ordinal);

        var issued = await IssueAsync(_robot.Name, secret);
        Assert.Equal(HttpStatusCode.OK, await UseAsync(issued));
        Assert.Equal("{}", (await _server.Admin.SendAsync(HttpMethod.Delete, $"{Secrets}/{id}")).Body);
        Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(issued));
        Assert.Equal(HttpStatusCode.Unauthorized, (await IssueAsync(_robot.Name, secret)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Admin.SendAsync(HttpMethod.Delete, $"{Secrets}/{id}")).Status);
    }

    [Fact]
    public async Task Secrets_are_for_service_principals_and_made_by_administrators()
    {
        var ann = await _server.UserAsync("ann");
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.SendAsync(HttpMethod.Post, Secrets, "{}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _robot.SendAsync(HttpMethod.Get, Secrets)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Admin.SendAsync(HttpMethod.Post, Secrets.Replace($"/{_robot.Id}/", $"/{ann.Id}/", StringComparison.Ordinal), "{}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.Admin.SendAsync(HttpMethod.Post, Secrets, """{"lifetime": "1h"}""")).Status);
    }

    [Fact]
    public async Task SDKs_find_the_endpoint_by_discovery()
    {
        var found = (await _server.Nobody.SendAsync(HttpMethod.Get, "/oidc/.well-known/oauth-authorization-server")).Json;
        Assert.Equal(new Uri(_server.Server.Url, "/oidc/v1/token").AbsoluteUri, found.GetProperty("token_endpoint").GetString());
        Assert.True(found.TryGetProperty("authorization_endpoint", out _));
    }

    private static string? Error(Answer answer) => answer.Json.GetProperty("error").GetString();

    private async Task<string> CreateAsync() => (await _server.Admin.SendAsync(HttpMethod.Post, Secrets, "{}")).Json.GetProperty("secret").GetString()!;

    private async Task<Answer> IssueAsync(string client, string secret, bool basic = false, string grant = "client_credentials", string scope = "all-apis")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oidc/v1/token");
        var form = new Dictionary<string, string> { ["grant_type"] = grant, ["scope"] = scope };
        if (basic)
        {
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret}")));
        }
        else
        {
            (form["client_id"], form["client_secret"]) = (client, secret);
        }

        request.Content = new FormUrlEncodedContent(form);
        return await _server.Nobody.SendAsync(request);
    }

    private async Task<HttpStatusCode> UseAsync(Answer issued)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/2.0/token/list");
        request.Headers.Authorization = new("Bearer", issued.Json.GetProperty("access_token").GetString());
        return (await _server.Nobody.SendAsync(request)).Status;
    }
}

public sealed class OAuthTestsOnSqlite() : OAuthTests(Database.Sqlite);

public sealed class OAuthTestsOnPostgres() : OAuthTests(Database.Postgres);
