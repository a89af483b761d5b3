using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using Dossier.Core.Webhooks;

namespace Dossier.Server.Webhooks;

/// <summary>Sends webhooks' requests: bounded in time and in what is read, to public addresses, without proxies, cookies and redirects.</summary>
internal sealed class HttpWebhookSender : IWebhookSender, IDisposable
{
    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const int LongestReply = 4096;
    private static readonly ProductInfoHeaderValue Agent = new("Dossier", typeof(HttpWebhookSender).Assembly.GetName().Version!.ToString(2));

    private readonly TimeProvider _clock;
    private readonly HttpClient _verifying;
    private readonly HttpClient _trusting;
    private long _accepted;
    private long _failed;

    public HttpWebhookSender(bool allowPrivate, TimeProvider clock)
    {
        _clock = clock;
        var connection = new GuardedConnection(allowPrivate);
        _verifying = Client(connection, new());
        _trusting = Client(connection, Trusting());
    }

    /// <summary>Requests that their receivers accepted.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Requests that failed, or that their receivers refused.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <inheritdoc/>
    public async Task<WebhookReply> SendAsync(WebhookPost post, CancellationToken cancel)
    {
        var reply = await AttemptAsync(post, cancel);
        Interlocked.Increment(ref reply.Accepted ? ref _accepted : ref _failed);
        return reply;
    }

    private async Task<WebhookReply> AttemptAsync(WebhookPost post, CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        using var limit = new CancellationTokenSource(Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        WebhookReply Failed(string error, bool mayPass) => new(null, null, error, mayPass, Elapsed(began));
        try
        {
            using var request = Request(post);
            using var response = await (post.VerifyTls ? _verifying : _trusting).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var status = (int)response.StatusCode;
            return new(status, await StartOfAsync(response, both.Token), null, status is 408 or 425 or 429 or >= 500, Elapsed(began));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failed($"The receiver did not answer within {Timeout.TotalSeconds:0} s.", mayPass: true);
        }
        catch (HttpRequestException failure) when (failure.InnerException is PrivateAddressException refused)
        {
            return Failed(refused.Message, mayPass: false);
        }
        catch (HttpRequestException failure)
        {
            return Failed(Reason(failure), mayPass: true);
        }
        catch (IOException)
        {
            return Failed("The connection broke off.", mayPass: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _verifying.Dispose();
        _trusting.Dispose();
    }

    private static HttpClient Client(GuardedConnection connection, SslClientAuthenticationOptions tls) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = connection.ConnectAsync,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
        MaxResponseDrainSize = 0,
        SslOptions = tls,
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    [SuppressMessage("Security", "CA5359", Justification = "For webhooks that were made with enable_ssl_verification = false.")]
    private static SslClientAuthenticationOptions Trusting() => new() { RemoteCertificateValidationCallback = static (_, _, _, _) => true };

    private static HttpRequestMessage Request(WebhookPost post)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, post.Url) { Content = new ByteArrayContent(post.Body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.Add(Agent);
        foreach (var (name, value) in post.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static async Task<string> StartOfAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var bytes = new byte[LongestReply];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static string Reason(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "The receiver's name is not known.",
        HttpRequestError.SecureConnectionError => "The receiver's certificate is not trusted, or TLS failed otherwise.",
        HttpRequestError.ConnectionError => "The receiver could not be connected to.",
        HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse => "The receiver did not answer in HTTP.",
        var error => $"The request failed ({error}).",
    };

    private long Elapsed(long began) => (long)_clock.GetElapsedTime(began).TotalMilliseconds;
}
