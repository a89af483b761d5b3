using System.Net;
using System.Text.RegularExpressions;

namespace Dossier.Server.Tests.Access;

/// <summary>A browser without scripts: it keeps cookies, asks for pages, and fills in forms.</summary>
public sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(Uri server) => _http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies })
    {
        BaseAddress = server,
        DefaultRequestHeaders = { { "Accept", "text/html,application/xhtml+xml,*/*;q=0.8" } },
    };

    public CookieContainer Cookies { get; } = new();

    public string Origin => _http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path, TestContext.Current.CancellationToken);

    public async Task<string> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Posts a form as a page of this server does; <paramref name="origin"/> as another site's would.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields), Headers = { { "Origin", origin ?? Origin } } };
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The form token of a page.</summary>
    public async Task<string> FormTokenAsync(string path = "/login") => FormToken().Match(await PageAsync(path)).Groups[1].Value;

    /// <summary>Opens the sign-in page, fills it in and sends it.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string userName, string password, string returnTo = "/", string newPassword = "")
    {
        var fields = new Dictionary<string, string>
        {
            ["form_token"] = await FormTokenAsync(), ["username"] = userName, ["password"] = password, ["return_to"] = returnTo,
        };
        if (newPassword.Length > 0)
        {
            (fields["new_password"], fields["repeated_password"]) = (newPassword, newPassword);
        }

        return await PostAsync("/login", fields);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"form_token\" value=\"([^\"]*)\"")]
    private static partial Regex FormToken();
}
