using System.Net;
using Dossier.Server.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace Dossier.Server.Tests.Access;

/// <summary>A browser's sign-in at a real provider.</summary>
public sealed class LoginTests : IAsyncLifetime
{
    private const string Me = "/api/2.0/token/list";
    private readonly CookieContainer _cookies = new();
    private IdentityProvider _provider = null!;
    private RunningServer _server = null!;
    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await IdentityProvider.StartAsync();
        _server = await RunningServer.StartAsync(options => options with { RequireSignIn = true, Oidc = _provider.Options });
        _browser = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = _server.Server.Url };
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Theory]
    [InlineData("/models?page=2", "/models?page=2")]
    [InlineData("", "/")]
    [InlineData("//evil.example.com", "/")]
    [InlineData("/\\evil.example.com", "/")]
    [InlineData("https://evil.example.com", "/")]
    [InlineData("/\t/evil.example.com", "/")]
    [InlineData("/mod\u00e8les", "/")]
    public async Task A_browser_signs_in_and_comes_back_to_where_it_wanted_to_but_to_no_other_site(string wanted, string reached)
    {
        var done = await SignInAsync("/login/provider?return_to=" + Uri.EscapeDataString(wanted));
        Assert.Equal((HttpStatusCode.Redirect, reached), (done.StatusCode, done.Headers.Location!.OriginalString));
        var session = done.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("dossier_session=", StringComparison.Ordinal));
        Assert.Contains("httponly", session, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", session, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Me)).StatusCode);
    }

    [Fact]
    public async Task The_sign_in_page_offers_the_provider_and_a_password()
    {
        var page = await (await GetAsync("/login?return_to=%2Fmodels")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("href=\"/login/provider?return_to=%2Fmodels\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"password\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_writes_for_its_own_pages_alone_and_ends_with_the_logout()
    {
        await SignInAsync("/login/provider");
        Assert.Equal(HttpStatusCode.Forbidden, await WriteAsync("/api/2.0/mlflow/experiments/search", null));
        Assert.Equal(HttpStatusCode.Forbidden, await WriteAsync("/api/2.0/mlflow/experiments/search", "https://evil.example.com"));
        Assert.Equal(HttpStatusCode.OK, await WriteAsync("/api/2.0/mlflow/experiments/search", Origin));

        var session = _cookies.GetCookies(_server.Server.Url)["dossier_session"]!.Value;
        Assert.Equal(HttpStatusCode.OK, await WriteAsync("/logout", Origin));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(Me)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await WithCookieAsync(session)).StatusCode);
    }

    [Fact]
    public async Task A_session_is_no_token_and_a_token_is_no_session()
    {
        await SignInAsync("/login/provider");
        var session = _cookies.GetCookies(_server.Server.Url)["dossier_session"]!.Value;
        using var bearer = new HttpRequestMessage(HttpMethod.Get, Me);
        bearer.Headers.Authorization = new("Bearer", session);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.Nobody.SendAsync(bearer)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await WithCookieAsync(((Person)_server.Admin).Token)).StatusCode);
    }

    [Fact]
    public async Task A_sign_in_that_another_browser_began_is_refused()
    {
        // Whoever gets somebody to open his own callback must not sign them in as himself.
        var callback = await CallbackAsync("/login/provider");
        using var other = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Server.Url };
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(callback, TestContext.Current.CancellationToken)).StatusCode);

        await GetAsync("/login/provider");
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(callback.PathAndQuery)).StatusCode);
    }

    [Theory]
    [InlineData("/login/callback")]
    [InlineData("/login/callback?code=x&state=y")]
    [InlineData("/login/callback?error=access_denied")]
    public async Task A_callback_without_a_sign_in_is_refused(string callback) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(callback)).StatusCode);

    [Fact]
    public async Task A_code_that_the_provider_does_not_know_signs_nobody_in()
    {
        var begun = await GetAsync("/login/provider");
        var state = QueryHelpers.ParseQuery(begun.Headers.Location!.Query)["state"].ToString();
        var refused = await GetAsync($"/login/callback?code=guessed&state={state}");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.DoesNotContain("dossier_session=dossier", string.Join(' ', refused.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    private string Origin => _server.Server.Url.GetLeftPart(UriPartial.Authority);

    private async Task<HttpResponseMessage> SignInAsync(string login) => await GetAsync((await CallbackAsync(login)).PathAndQuery);

    private async Task<Uri> CallbackAsync(string login)
    {
        var begun = await GetAsync(login);
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        var asked = await _browser.GetAsync(begun.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        return asked.Headers.Location!;
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _browser.GetAsync(path, TestContext.Current.CancellationToken);

    private async Task<HttpStatusCode> WriteAsync(string path, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{}") };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return (await _browser.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode;
    }

    private async Task<HttpResponseMessage> WithCookieAsync(string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Me);
        request.Headers.Add("Cookie", "dossier_session=" + value);
        return await _server.Nobody.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
