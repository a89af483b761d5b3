using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dossier.Testing;

/// <summary>What a receiver got.</summary>
/// <param name="Path">The path.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body's bytes.</param>
public sealed record ReceivedPost(string Path, IHeaderDictionary Headers, byte[] Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>A member of the body; null if it isn't there.</summary>
    public string? Member(string name) => Json.TryGetProperty(name, out var value) ? value.ToString() : null;

    /// <summary>A header; null if it isn't there.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}

/// <summary>A real server that webhooks send to, on a free port of this machine. Its certificate is of its own making.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    // Longer than an attempt with its lease.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly WebApplication _app;
    private readonly Channel<ReceivedPost> _posts = Channel.CreateUnbounded<ReceivedPost>();
    private int _count;

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>Where it takes posts.</summary>
    public Uri Url { get; private set; } = new("https://localhost/");

    /// <summary>How many posts it got.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <param name="answer">Answers; gets the number of the post, from 1. Null: 200.</param>
    /// <param name="https">Whether it speaks TLS.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    public static async Task<WebhookReceiver> StartAsync(Func<HttpContext, int, Task>? answer = null, bool https = true, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (https)
            {
                listen.UseHttps(Certificate());
            }
        }));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var number = Interlocked.Increment(ref receiver._count);
            await receiver._posts.Writer.WriteAsync(new(http.Request.Path, new HeaderDictionary(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(http.Request.Headers, StringComparer.OrdinalIgnoreCase)), body.ToArray()));
            await (answer?.Invoke(http, number) ?? Task.CompletedTask);
        });
        await app.StartAsync();
        receiver.Url = new UriBuilder(app.Urls.Single()) { Host = "localhost", Path = "/hook" }.Uri;
        return receiver;
    }

    /// <summary>A receiver that answers these statuses one after the other, and the last one from then on.</summary>
    public static Task<WebhookReceiver> StartAsync(params int[] statuses) => StartAsync((http, number) =>
    {
        http.Response.StatusCode = statuses[Math.Min(number, statuses.Length) - 1];
        return Task.CompletedTask;
    });

    /// <summary>The next post, waiting for it.</summary>
    public async Task<ReceivedPost> NextAsync(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return await _posts.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"No further post came within {Patience.TotalSeconds} s; there were {Count}."));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
