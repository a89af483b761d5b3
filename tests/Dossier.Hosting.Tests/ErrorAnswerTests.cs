using System.Text.Json;
using Dossier.Hosting.Errors;
using Dossier.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Dossier.Hosting.Tests;

/// <summary>What callers get when something goes wrong.</summary>
public sealed class ErrorAnswerTests
{
    [Fact]
    public async Task Errors_have_the_form_of_their_route_and_of_the_group_whose_path_they_are_below()
    {
        await using var host = await TestHost.StartAsync(static app =>
        {
            app.MapGet("/here", Fail);
            var group = app.MapGroup("/api/{version}/text", new TextErrorForm());
            group.MapGet("one", Fail);
            app.MapGet("/alone", Fail).WithMetadata(new TextErrorForm());
        });
        foreach (var path in new[] { "/api/2.0/text/one", "/api/7/text/nowhere/at/all", "/alone" })
        {
            Assert.StartsWith("text: ", (await host.SendAsync("GET", path)).Body, StringComparison.Ordinal);
        }

        var wrongMethod = await host.SendAsync("PUT", "/api/2.0/text/one");
        Assert.Equal((405, "text: ENDPOINT_NOT_FOUND"), (wrongMethod.Status, wrongMethod.Body));
        foreach (var path in new[] { "/here", "/nowhere", "/nowhere/api/2.0/text/one", "/api/2.0/textual" })
        {
            Assert.Contains("error_code", (await host.SendAsync("GET", path)).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_path_or_method_that_the_server_does_not_have_is_named()
    {
        await using var host = await TestHost.StartAsync(static app => app.MapGet("/here", Fail));
        Assert.Equal((404, "Endpoint /there not found: this server has /here."), Of(await host.SendAsync("GET", "/there")));
        Assert.Equal((405, "Endpoint /here does not support DELETE: use GET."), Of(await host.SendAsync("DELETE", "/here")));
    }

    [Fact]
    public async Task A_failure_of_the_server_is_logged_under_the_id_that_the_answer_names_and_says_nothing_else()
    {
        using var log = new KeptLog();
        await using var host = await TestHost.StartAsync(static app => app.MapGet("/here", static http => throw new InvalidOperationException("secret")), log: log);
        var answer = await host.SendAsync("GET", "/here", null, ("X-Request-Id", "mine-1"));
        Assert.Equal((500, "Internal server error. See the server log for request mine-1."), Of(answer));
        Assert.Equal("mine-1", Assert.Single(answer.Response.Headers.GetValues("X-Request-Id")));
        var line = Assert.Single(log.Lines, line => line.StartsWith("Test", StringComparison.Ordinal));
        Assert.Equal("Test[100] GET /here failed: secret (request mine-1)", line);

        var unnamed = await host.SendAsync("GET", "/here");
        var id = Assert.Single(unnamed.Response.Headers.GetValues("X-Request-Id"));
        Assert.EndsWith($"request {id}.", Of(unnamed).Message, StringComparison.Ordinal);
        Assert.EndsWith($"(request {id})", log.Lines.Last(line => line.StartsWith("Test", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_and_the_connection_closed()
    {
        await using var host = await TestHost.StartAsync(static app => app.MapPost("/here", static http => http.Request.Body.CopyToAsync(Stream.Null)));
        var answer = await host.SendAsync("POST", "/here", new string('x', 1001));
        Assert.Equal((413, "The request body is too large: at most 1000 bytes are accepted."), Of(answer));
        Assert.True(answer.Response.Headers.ConnectionClose);
    }

    [Fact]
    public async Task A_refusal_says_how_to_sign_in_and_when_to_come_back()
    {
        await using var host = await TestHost.StartAsync(static app => app.MapGet("/here", static http => throw new ProtocolException(ErrorCode.Unauthenticated, "Sign in.")
        {
            RetryAfter = TimeSpan.FromSeconds(1.2),
        }));
        var answer = await host.SendAsync("GET", "/here");
        Assert.Equal((401, "Sign in."), Of(answer));
        Assert.Equal("Basic realm=\"test\"", answer.Response.Headers.WwwAuthenticate.Single().ToString());
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Response.Headers.RetryAfter!.Delta);
    }

    private static Task Fail(HttpContext http) => throw ProtocolException.NotFound("Not there.");

    private static (int Status, string Message) Of((int Status, string Body, HttpResponseMessage) answer) =>
        (answer.Status, JsonElement.Parse(answer.Body).GetProperty("message").GetString()!);

    /// <summary>Keeps log lines with the ids of their requests.</summary>
    private sealed class KeptLog : ILoggerProvider, ISupportExternalScope
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();
        private IExternalScopeProvider? _scopes;

        public IReadOnlyCollection<string> Lines => _lines;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => new One(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class One(KeptLog log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                string? id = null;
                log._scopes?.ForEachScope((scope, _) =>
                {
                    id = (scope as IReadOnlyList<KeyValuePair<string, object?>>)?.LastOrDefault(field => field.Key == "RequestId").Value as string ?? id;
                }, false);
                log._lines.Enqueue($"{category}[{eventId.Id}] {formatter(state, exception)}: {exception?.Message} (request {id})");
            }
        }
    }
}
