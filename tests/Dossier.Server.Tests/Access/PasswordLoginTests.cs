using System.Net;
using Dossier.Core.Audit;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

/// <summary>A browser's sign-in by user name and password.</summary>
public abstract class PasswordLoginTests(Database database) : IAsyncLifetime
{
    private const string Password = "correct horse";
    private const string Me = "/api/2.0/token/list";
    private RunningServer _server = null!;
    private Person _ann = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(database, requireSignIn: true);
        _ann = await _server.UserAsync("ann");
        await SetPasswordAsync(Password);
        _browser = new(_server.Server.Url);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_right_password_begins_a_session_in_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        using var done = await _browser.SignInAsync("ann", Password);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (done.StatusCode, done.Headers.Location!.OriginalString));
        var cookie = done.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("dossier_session=dossier_", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=43200", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", done.Headers.CacheControl!.ToString());

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Me));
        Assert.Contains("ann", await _browser.PageAsync("/"), StringComparison.Ordinal);
        using var again = await _browser.GetAsync("/login?return_to=%2Fmodels");
        Assert.Equal((HttpStatusCode.SeeOther, "/models"), (again.StatusCode, again.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task Behind_a_proxy_with_tls_no_other_host_of_the_domain_can_set_the_cookie()
    {
        await using var server = await RunningServer.StartAsync(options => options with { RequireSignIn = true, PublicUrl = "https://mlflow.example.com" });
        using var browser = new Browser(server.Server.Url);
        using var page = await browser.GetAsync("/login");
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-dossier_form=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/;", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/models?page=2", "/models?page=2")]
    [InlineData("//evil.example.com", "/")]
    [InlineData("/\\evil.example.com", "/")]
    [InlineData("https://evil.example.com", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\r\nSet-Cookie: a=b", "/")]
    public async Task It_leads_back_to_where_the_browser_wanted_to_but_to_no_other_site(string wanted, string reached)
    {
        using var done = await _browser.SignInAsync("ann", Password, wanted);
        Assert.Equal(reached, done.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("ann", "wrong")]
    [InlineData("nobody", Password)]
    [InlineData("", "")]
    public async Task A_wrong_name_or_password_shows_the_form_again_and_is_an_event(string name, string password)
    {
        using var refused = await _browser.SignInAsync(name, password);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Empty(refused.Headers.WwwAuthenticate);
        var page = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("User name or password is wrong", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{name}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Me));
        await EventAsync("sign_in.fail");
    }

    [Fact]
    public async Task A_form_that_is_not_of_a_page_that_this_browser_opened_signs_nobody_in()
    {
        var fields = new Dictionary<string, string> { ["username"] = "ann", ["password"] = Password };
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.PostAsync("/login", fields)).StatusCode);

        using var other = new Browser(_server.Server.Url);
        var foreign = new Dictionary<string, string>(fields) { ["form_token"] = await other.FormTokenAsync() };
        await _browser.GetAsync("/login");
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.PostAsync("/login", foreign)).StatusCode);

        var own = new Dictionary<string, string>(fields) { ["form_token"] = await _browser.FormTokenAsync() };
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.PostAsync("/login", own, "https://evil.example.com")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Me));
        Assert.Equal(HttpStatusCode.SeeOther, (await _browser.PostAsync("/login", own)).StatusCode);
    }

    [Fact]
    public async Task Who_guesses_is_slowed_down()
    {
        HttpResponseMessage answer;
        var guesses = 0;
        do
        {
            answer = await _browser.SignInAsync("ann", $"guess {guesses}");
        }
        while (answer.StatusCode == HttpStatusCode.Unauthorized && ++guesses < 20);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("Try again in", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_has_its_cookie()
    {
        await _browser.SignInAsync("ann", Password);
        var session = _browser.Cookies.GetCookies(_server.Server.Url)["dossier_session"]!.Value;
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.PostAsync("/logout", [])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Me));

        using var done = await _browser.PostAsync("/logout", new() { ["form_token"] = await _browser.FormTokenAsync("/") });
        Assert.Equal((HttpStatusCode.SeeOther, "/login"), (done.StatusCode, done.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Me));
        _browser.Cookies.Add(_server.Server.Url, new Cookie("dossier_session", session));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Me));
    }

    [Fact]
    public async Task A_deactivated_users_session_ends()
    {
        await _browser.SignInAsync("ann", Password);
        var off = await _server.Admin.SendAsync(
            HttpMethod.Patch, $"/api/2.0/preview/scim/v2/Users/{_ann.Id}", """{"Operations":[{"op":"replace","path":"active","value":false}]}""");
        Assert.Equal(HttpStatusCode.OK, off.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Me));
    }

    [Fact]
    public async Task A_new_password_ends_sessions_but_not_tokens()
    {
        await _browser.SignInAsync("ann", Password);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Me));
        await SetPasswordAsync("another horse");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Me));
        Assert.Equal(HttpStatusCode.OK, (await _ann.SendAsync(HttpMethod.Get, Me)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await _browser.SignInAsync("ann", "another horse")).StatusCode);
        Assert.Contains("\"sessions\"", (await EventAsync("user.set_password")).Detail.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_one_time_password_leads_to_choosing_one_of_ones_own()
    {
        var set = await _server.Admin.SendAsync(HttpMethod.Post, "/api/2.0/password/set", """{"user_name": "ann"}""");
        var oneTime = set.Json.GetProperty("one_time_password").GetString()!;
        using var asked = await _browser.SignInAsync("ann", oneTime);
        var page = await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("name=\"new_password\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(oneTime, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Me));

        using var tooShort = await _browser.SignInAsync("ann", oneTime, newPassword: "short");
        Assert.Contains("8 to 256", await tooShort.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await _browser.SignInAsync("ann", oneTime, newPassword: "my own horse")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Me));
    }

    [Fact]
    public async Task Who_may_not_use_passwords_is_told_so()
    {
        await _server.Admin.SendAsync(HttpMethod.Put, "/api/2.0/permissions/authorization/passwords",
            """{"access_control_list": [{"group_name": "admins", "permission_level": "CAN_USE"}]}""");
        using var refused = await _browser.SignInAsync("ann", Password);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("CAN_USE", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task SetPasswordAsync(string password) =>
        Assert.Equal(HttpStatusCode.OK, (await _server.Admin.SendAsync(
            HttpMethod.Post, "/api/2.0/password/set", $$"""{"user_name": "ann", "new_password": "{{password}}"}""")).Status);

    private async Task<HttpStatusCode> StatusAsync(string path) => (await _browser.GetAsync(path)).StatusCode;

    // Refusals are written a moment later.
    private async Task<Protocol.AuditEvent> EventAsync(string action)
    {
        for (var tries = 0; ; tries++)
        {
            var page = await _server.Server.Store.Audit.ListAsync(new EventQuery { Action = action, MaxResults = 1 }, TestContext.Current.CancellationToken);
            if (page.Items is [var found, ..])
            {
                return found;
            }

            Assert.True(tries < 200, $"There is no event {action}.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}

public sealed class PasswordLoginTestsOnSqlite() : PasswordLoginTests(Database.Sqlite);

public sealed class PasswordLoginTestsOnPostgres() : PasswordLoginTests(Database.Postgres);
