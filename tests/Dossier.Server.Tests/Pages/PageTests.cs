using System.Net;
using System.Text.RegularExpressions;
using Dossier.Server.Tests.Access;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Pages;

public sealed partial class PageTests
{
    [Fact]
    public async Task The_start_page_of_an_open_server_says_what_it_is_and_how_to_use_it()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Server.Url);
        using var answer = await browser.GetAsync("/");
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        var page = await TextAsync(answer);
        Assert.Contains($"mlflow.set_tracking_uri(\"{browser.Origin}\")", page, StringComparison.Ordinal);
        Assert.Contains("does not require sign-in", page, StringComparison.Ordinal);
        Assert.Contains("MLflow protocol 3.6.0", page, StringComparison.Ordinal);
        Assert.DoesNotContain("MLFLOW_TRACKING_TOKEN", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_sees_a_page_of_a_server_with_sign_in_but_the_form_to_sign_in_with()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        using var browser = new Browser(server.Server.Url);
        foreach (var (path, login) in new[] { ("/", "/login"), ("/models?page=2", "/login?return_to=%2Fmodels%3Fpage%3D2") })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal((HttpStatusCode.SeeOther, login), (answer.StatusCode, answer.Headers.Location!.OriginalString));
            Assert.Empty(answer.Headers.WwwAuthenticate);
        }

        Assert.Contains("name=\"password\"", await browser.PageAsync("/login"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_asks_the_api_and_a_program_that_asks_for_a_page_get_the_protocols_error()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        using var browser = new Browser(server.Server.Url);
        foreach (var path in new[] { "/api/2.0/mlflow/runs/get?run_id=x", "/api/2.0/mlflow/nowhere" })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Basic realm=\"mlflow\"", answer.Headers.WwwAuthenticate.ToString());
            Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        }

        var program = await server.Nobody.SendAsync(HttpMethod.Get, "/");
        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHENTICATED"), (program.Status, program.ErrorCode));
    }

    [Fact]
    public async Task Under_a_public_url_with_a_path_all_links_begin_with_it()
    {
        await using var server = await RunningServer.StartAsync(options => options with { RequireSignIn = true, PublicUrl = "https://ml.example.com/mlflow" });
        using var browser = new Browser(server.Server.Url);
        using var led = await browser.GetAsync("/models");
        Assert.Equal("/mlflow/login?return_to=%2Fmlflow%2Fmodels", led.Headers.Location!.OriginalString);
        Assert.DoesNotContain(
            Link().Matches(await browser.PageAsync("/login")).Select(link => link.Groups[1].Value),
            link => !link.StartsWith("/mlflow/", StringComparison.Ordinal) && link != "#main");
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_an_error_page_for_a_browser_and_the_protocols_error_for_a_program()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Server.Url);
        using var answer = await browser.GetAsync("/<script>alert(1)</script>");
        var page = await TextAsync(answer);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("<h1>Page not found</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("ENDPOINT_NOT_FOUND", (await server.Nobody.SendAsync(HttpMethod.Get, "/nowhere")).ErrorCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    public async Task No_page_takes_scripts_styles_or_frames_from_elsewhere_or_is_kept_by_the_browser(string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Server.Url);
        using var answer = await browser.GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.DoesNotMatch(Inline(), await TextAsync(answer));
    }

    [Fact]
    public async Task What_pages_are_made_of_is_kept_for_good_under_an_address_that_changes_with_it()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        using var browser = new Browser(server.Server.Url);
        var assets = Link().Matches(await browser.PageAsync("/login")).Select(link => link.Groups[1].Value)
            .Where(link => link.StartsWith("/assets/", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Equal(2, assets.Count);
        foreach (var path in assets)
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal(path.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
        }

        foreach (var path in new[] { "/assets/dossier.css", "/assets/dossier.0123456789abcdef.css", "/assets/Dossier.Web.dll", "/assets/..%2f" })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        }
    }

    [Fact]
    public async Task Assets_are_compressed_for_browsers_that_say_that_they_can_read_it()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Server.Url);
        var path = Link().Matches(await browser.PageAsync("/")).Select(link => link.Groups[1].Value).First(link => link.EndsWith(".css", StringComparison.Ordinal));
        var plain = await browser.PageAsync(path);
        using var http = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.Brotli }) { BaseAddress = server.Server.Url };
        Assert.Equal(plain, await http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    [GeneratedRegex("(?:href|src|action)=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<script|<style|style=| on[a-z]+=\"|javascript:|(?:href|src)=\"(?:https?:)?//", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
