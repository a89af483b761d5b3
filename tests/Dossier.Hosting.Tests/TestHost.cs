using Dossier.Hosting.Errors;
using Dossier.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dossier.Hosting.Tests;

/// <summary>A real server with nothing but what every server of ours has, and what a test maps.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestHost(WebApplication app) => _app = app;

    public HttpClient Http { get; } = new();

    public static async Task<TestHost> StartAsync(Action<IEndpointRouteBuilder> map, BrowserRules? browsers = null, ILoggerProvider? log = null)
    {
        var builder = ServerHost.CreateBuilder(new()
        {
            Name = "test",
            LogCategory = "Test",
            Address = new("127.0.0.1", 0),
            MaxBodyBytes = 1000,
            DrainTimeout = TimeSpan.FromSeconds(5),
            ErrorForm = new JsonErrorForm("Basic realm=\"test\""),
        });
        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        var app = builder.Build();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Test");
        app.UseTelemetry(logger);
        app.Use(new ErrorAnswers(app.Services.GetRequiredService<ErrorForms>(), logger).InvokeAsync);
        if (browsers is not null)
        {
            app.Use(new Browsers(browsers).InvokeAsync);
        }

        app.UseRouting();
        app.EndWithEndpoints(map, "this server has /here");
        await app.StartAsync(TestContext.Current.CancellationToken);
        var host = new TestHost(app);
        host.Http.BaseAddress = new(app.Urls.Single());
        return host;
    }

    public async Task<(int Status, string Body, HttpResponseMessage Response)> SendAsync(
        string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path);
        request.Content = body is null ? null : new StringContent(body);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>Errors as plain text.</summary>
internal sealed class TextErrorForm : ErrorForm
{
    public override Task WriteAsync(HttpContext http, ProtocolException error)
    {
        http.Response.StatusCode = error.StatusCode;
        return http.Response.WriteAsync($"text: {error.ErrorCode}");
    }
}
