using System.Net;
using Dossier.Core.Access;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

public sealed class PasswordTests
{
    private const string Search = "/api/2.0/mlflow/experiments/search";

    [Fact]
    public async Task A_one_time_password_is_good_for_choosing_another_and_for_nothing_else()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        await server.UserAsync("ann");
        var set = await server.Admin.SendAsync(HttpMethod.Post, "/api/2.0/password/set", """{"user_name": "ann"}""");
        var oneTime = set.Json.GetProperty("one_time_password").GetString()!;

        var first = server.WithPassword("ann", oneTime);
        var refused = await first.SendAsync(HttpMethod.Post, Search, "{}");
        Assert.Equal((HttpStatusCode.Forbidden, "PERMISSION_DENIED"), (refused.Status, refused.ErrorCode));
        Assert.Contains("dossier password change --user ann", refused.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await first.SendAsync(HttpMethod.Post, "/api/2.0/token/create", "{}")).Status);

        var changed = await first.SendAsync(HttpMethod.Post, "/api/2.0/password/change", $$"""{"current_password": "{{oneTime}}", "new_password": "correct horse"}""");
        Assert.Equal("{}", changed.Body);
        Assert.Equal(HttpStatusCode.Unauthorized, (await first.SendAsync(HttpMethod.Post, Search, "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.WithPassword("ann", "correct horse").SendAsync(HttpMethod.Post, Search, "{}")).Status);
    }

    [Fact]
    public async Task Only_administrators_set_passwords_of_others()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        var ann = await server.UserAsync("ann");
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.SendAsync(HttpMethod.Post, "/api/2.0/password/set", """{"user_name": "root", "new_password": "mine now!"}""")).Status);
    }

    [Fact]
    public async Task A_token_alone_does_not_change_a_password()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        var ann = await server.UserAsync("ann");
        await server.Admin.SendAsync(HttpMethod.Post, "/api/2.0/password/set", """{"user_name": "ann", "new_password": "correct horse"}""");
        var refused = await ann.SendAsync(HttpMethod.Post, "/api/2.0/password/change", """{"current_password": "guess", "new_password": "mine now!"}""");
        Assert.Equal((HttpStatusCode.Forbidden, "The current password is incorrect."), (refused.Status, refused.Message));
    }

    [Fact]
    public async Task Who_guesses_is_told_to_wait_and_others_are_not()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        await server.UserAsync("ann");
        await server.Admin.SendAsync(HttpMethod.Post, "/api/2.0/password/set", """{"user_name": "ann", "new_password": "correct horse"}""");
        HttpResponseMessage answer;
        var guesses = 0;
        do
        {
            answer = await server.WithPassword("ann", $"guess {guesses}").Http.GetAsync(Search, TestContext.Current.CancellationToken);
        }
        while (answer.StatusCode == HttpStatusCode.Unauthorized && ++guesses < 20);

        // The first waits are short: a slow machine may have outlasted them.
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(guesses, 5, 19);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("REQUEST_LIMIT_EXCEEDED", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.WithPassword("nobody", "guess").SendAsync(HttpMethod.Post, Search, "{}")).Status);
    }

    [Theory]
    [InlineData("ann", "correct horse")]
    [InlineData("jürgen@example.com", "pässwörd: with colon")]
    public async Task Names_and_passwords_are_UTF8(string name, string password)
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        await server.UserAsync(name);
        await server.Admin.SendAsync(HttpMethod.Post, "/api/2.0/password/set", $$"""{"user_name": "{{name}}", "new_password": "{{password}}"}""");
        Assert.Equal(HttpStatusCode.OK, (await server.WithPassword(name, password).SendAsync(HttpMethod.Post, Search, "{}")).Status);
    }

    [Fact]
    public async Task A_token_may_be_the_password()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        var ann = await server.UserAsync("ann", BuiltIn.AdminsId);
        Assert.Equal(HttpStatusCode.OK, (await server.WithPassword("token", ann.Token).SendAsync(HttpMethod.Post, Search, "{}")).Status);
    }
}
