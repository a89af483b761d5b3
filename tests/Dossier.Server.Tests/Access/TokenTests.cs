using System.Net;
using System.Text.Json;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

public sealed class TokenTests(TokenTests.SignInServer shared) : IClassFixture<TokenTests.SignInServer>
{
    private const string Me = "/api/2.0/token/";
    private const string All = "/api/2.0/token-management/";
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task A_token_is_shown_once_signs_in_until_it_is_deleted_and_lasts_90_days_if_nothing_is_said()
    {
        var ann = await UserAsync();
        var created = (await ann.SendAsync(HttpMethod.Post, Me + "create", """{"comment": "laptop"}""")).Json;
        var info = created.GetProperty("token_info");
        Assert.Equal(TimeSpan.FromDays(90).TotalMilliseconds, info.GetProperty("expiry_time").GetInt64() - info.GetProperty("creation_time").GetInt64());
        var value = created.GetProperty("token_value").GetString()!;
        Assert.StartsWith("dossier_", value, StringComparison.Ordinal);
        var id = info.GetProperty("token_id").GetString();

        var list = await ann.SendAsync(HttpMethod.Get, Me + "list");
        Assert.Contains("laptop", list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(value, list.Body, StringComparison.Ordinal);

        var signedIn = _server.WithPassword("ann", value);
        Assert.Equal(HttpStatusCode.OK, (await signedIn.SendAsync(HttpMethod.Get, Me + "list")).Status);
        Assert.Equal("{}", (await ann.SendAsync(HttpMethod.Post, Me + "delete", $$"""{"token_id": "{{id}}"}""")).Body);
        Assert.Equal(HttpStatusCode.Unauthorized, (await signedIn.SendAsync(HttpMethod.Get, Me + "list")).Status);
    }

    [Theory]
    [InlineData("""{"lifetime_seconds": 0}""")]
    [InlineData("""{"lifetime_seconds": 63072001}""")]
    [InlineData("""{"scopes": ["sql"]}""")]
    public async Task A_token_that_can_not_be_is_refused(string body)
    {
        var refused = await (await UserAsync()).SendAsync(HttpMethod.Post, Me + "create", body);
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Tokens_of_others_are_answered_as_missing()
    {
        var (ann, ben) = (await UserAsync(), await UserAsync());
        var id = await CreateAsync(ann);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.SendAsync(HttpMethod.Post, Me + "delete", $$"""{"token_id": "{{id}}"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.SendAsync(HttpMethod.Patch, Me + id, """{"token": {"comment": "x"}}""")).Status);
        Assert.DoesNotContain(id, (await ben.SendAsync(HttpMethod.Get, Me + "list")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_comment_can_be_changed()
    {
        var ann = await UserAsync();
        var id = await CreateAsync(ann);
        Assert.Equal("{}", (await ann.SendAsync(HttpMethod.Patch, Me + id, """{"token": {"comment": "new"}, "update_mask": "comment"}""")).Body);
        Assert.Equal(HttpStatusCode.BadRequest, (await ann.SendAsync(HttpMethod.Patch, Me + id, """{"token": {"comment": "new"}, "update_mask": "scopes"}""")).Status);
        Assert.Equal("new", TokensOf(await ann.SendAsync(HttpMethod.Get, Me + "list")).Single(token => Text(token, "token_id") == id).GetProperty("comment").GetString());
    }

    [Fact]
    public async Task Administrators_see_whose_tokens_there_are_and_delete_them()
    {
        var ann = await UserAsync();
        var id = await CreateAsync(ann);
        var mine = TokensOf(await _server.Admin.SendAsync(HttpMethod.Get, All + $"tokens?created_by_username={ann.Name}"));
        Assert.Equal([ann.Name, ann.Name], mine.Select(token => Text(token, "owner_name")));
        Assert.Equal(2, TokensOf(await _server.Admin.SendAsync(HttpMethod.Get, All + $"tokens?created_by_id={ann.Id}")).Count);
        Assert.Empty(TokensOf(await _server.Admin.SendAsync(HttpMethod.Get, All + "tokens?created_by_username=nobody")));
        Assert.Equal(id, Text((await _server.Admin.SendAsync(HttpMethod.Get, All + $"tokens/{id}")).Json.GetProperty("token_info"), "token_id"));
        Assert.Equal("{}", (await _server.Admin.SendAsync(HttpMethod.Delete, All + $"tokens/{id}")).Body);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Admin.SendAsync(HttpMethod.Get, All + $"tokens/{id}")).Status);
    }

    [Fact]
    public async Task A_token_on_behalf_of_a_service_principal_signs_it_in()
    {
        var robot = await _server.ServicePrincipalAsync("robot");
        var created = (await _server.Admin.SendAsync(
            HttpMethod.Post, All + "on-behalf-of/tokens", $$"""{"application_id": "{{robot.Name}}", "lifetime_seconds": 60, "comment": "ci"}""")).Json;
        var signedIn = _server.WithPassword("token", Text(created, "token_value")!);
        Assert.Contains("ci", (await signedIn.SendAsync(HttpMethod.Get, Me + "list")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Admin.SendAsync(HttpMethod.Post, All + "on-behalf-of/tokens", """{"application_id": "x"}""")).Status);
    }

    [Theory]
    [InlineData("GET", "tokens")]
    [InlineData("GET", "tokens/x")]
    [InlineData("DELETE", "tokens/x")]
    [InlineData("POST", "on-behalf-of/tokens")]
    public async Task Others_do_not(string method, string path)
    {
        var refused = await (await UserAsync()).SendAsync(new HttpMethod(method), All + path, method == "POST" ? "{}" : null);
        Assert.Equal((HttpStatusCode.Forbidden, "PERMISSION_DENIED"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task On_a_server_without_sign_in_there_are_no_tokens_to_be_had()
    {
        await using var open = await RunningServer.StartAsync();
        Assert.Equal("INVALID_STATE", (await open.SendAsync(HttpMethod.Post, Me + "create", "{}")).ErrorCode);
    }

    private static async Task<string> CreateAsync(Person person) =>
        Text((await person.SendAsync(HttpMethod.Post, Me + "create", "{}")).Json.GetProperty("token_info"), "token_id")!;

    private static List<JsonElement> TokensOf(Answer answer) =>
        answer.Json.TryGetProperty("token_infos", out var tokens) ? [.. tokens.EnumerateArray()] : [];

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private Task<Person> UserAsync() => _server.UserAsync($"user-{Guid.NewGuid():N}");

    /// <summary>A server that asks to sign in, for all tests of the class.</summary>
    public sealed class SignInServer : IAsyncLifetime
    {
        public RunningServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
