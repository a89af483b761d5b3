using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dossier.Client.Tests.Peers;

/// <summary>What a peer was asked.</summary>
internal sealed record Asked(string Method, string Path, string Query, string? Authorization, string Body);

/// <summary>A real HTTP server on a port of its own that does what the test says, misbehaviour included.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Asked> _asked = new();

    private Peer(WebApplication app) => _app = app;

    public Uri Uri => new(_app.Urls.Single());

    public IReadOnlyList<Asked> Asked => [.. _asked];

    /// <param name="answer">Answers the request; its second argument counts requests from 1.</param>
    /// <param name="readBodies">Whether bodies are kept; not where they are large.</param>
    /// <param name="certificate">To speak https with; null: http.</param>
    public static async Task<Peer> StartAsync(Func<HttpContext, int, Task> answer, bool readBodies = true, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        var peer = new Peer(app);
        var count = 0;
        app.Run(async http =>
        {
            var body = "";
            if (readBodies)
            {
                http.Request.EnableBuffering();
                body = await new StreamReader(http.Request.Body).ReadToEndAsync();
            }

            peer._asked.Enqueue(new(http.Request.Method, http.Request.Path, http.Request.QueryString.Value!, http.Request.Headers.Authorization, body));
            await answer(http, Interlocked.Increment(ref count));
        });
        await app.StartAsync();
        return peer;
    }

    /// <summary>A client of this peer that waits next to nothing before it repeats.</summary>
    public DossierClient Client(int maxRetries = 3, TimeProvider? time = null, bool databricks = false, TimeSpan? timeout = null) => new(
        new(Uri)
        {
            MaxRetries = maxRetries,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            MaxRetryDelay = TimeSpan.FromSeconds(10),
            Timeout = timeout ?? TimeSpan.FromMinutes(2),
            IsDatabricks = databricks,
            Credentials = Credentials.Bearer("a-token"),
        },
        handler: null,
        time);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

/// <summary>Short ways to answer.</summary>
internal static class Answers
{
    public static Task Json(this HttpContext http, string json, int status = 200)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json);
    }

    public static Task Error(this HttpContext http, int status, string code, string message = "no") =>
        http.Json($$"""{"error_code": "{{code}}", "message": "{{message}}"}""", status);
}
