using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Sends requests: attempts, repeats, timeouts, and failures in the protocol's terms. Knows nothing of what is asked.</summary>
internal sealed class Transport : IDisposable
{
    private readonly HttpClient _http;
    private readonly RetryPolicy _retry;
    private readonly DossierClientOptions _options;

    public Transport(DossierClientOptions options, HttpMessageHandler? handler, TimeProvider time)
    {
        _options = options;
        Time = time;
        _retry = new(options, time);
        _http = new(handler ?? DefaultHandler(options), disposeHandler: handler is null) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    public TimeProvider Time { get; }

    /// <summary>Sends until <paramref name="read"/> has read a successful answer; reading is part of the attempt.</summary>
    /// <param name="create">Makes the request, anew for each attempt.</param>
    /// <param name="repeat">Whether it may be repeated.</param>
    /// <param name="read">Reads the answer; it may end early, and is then repeated with the rest.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProtocolException">The server refused, or could not be reached (then with status 0).</exception>
    public Task<T> SendAsync<T>(
        Func<Attempt, HttpRequestMessage> create, Repeat repeat, Func<HttpResponseMessage, Attempt, Task<T>> read, CancellationToken cancellationToken) =>
        RepeatAsync(
            repeat,
            async token =>
            {
                using var attempt = new Attempt(_options.Timeout, Time, token);
                return await TryAsync(
                    attempt,
                    async () =>
                    {
                        using var response = await ExchangeAsync(create, attempt);
                        return await read(response, attempt);
                    },
                    token);
            },
            cancellationToken);

    /// <summary>Sends a GET and hands over the answer's body as it arrives; from there on nothing is repeated.</summary>
    public Task<Stream> OpenAsync(Func<Attempt, HttpRequestMessage> create, CancellationToken cancellationToken) =>
        RepeatAsync<Stream>(
            Repeat.Safe,
            async token =>
            {
                // The caller's token ends opening; reads bring their own.
                using var opening = new Attempt(_options.Timeout, Time, token);
                return await TryAsync<Stream>(
                    opening,
                    async () =>
                    {
                        var response = await ExchangeAsync(create, opening);
                        return new AnswerStream(response, await response.Content.ReadAsStreamAsync(opening.Token), () => new(_options.Timeout, Time, default));
                    },
                    token);
            },
            cancellationToken);

    public void Dispose() => _http.Dispose();

    [SuppressMessage("Security", "CA5359", Justification = "Only when the user asks for it by MLFLOW_TRACKING_INSECURE_TLS.")]
    private static SocketsHttpHandler DefaultHandler(DossierClientOptions options) => new()
    {
        // A redirect would lose the credentials, or take them elsewhere: it is reported instead.
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        SslOptions = options.InsecureTls
            ? new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true }
            : new SslClientAuthenticationOptions(),
    };

    private async Task<T> RepeatAsync<T>(Repeat repeat, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await _retry.For(repeat).ExecuteAsync(static async (run, token) => await run(token), attempt, cancellationToken);
        }
        catch (AttemptException failure)
        {
            throw failure.Error;
        }
    }

    private async Task<HttpResponseMessage> ExchangeAsync(Func<Attempt, HttpRequestMessage> create, Attempt attempt)
    {
        using var request = create(attempt);
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt.Token);
        if (response.IsSuccessStatusCode)
        {
            attempt.RestartTimeout();
            return response;
        }

        using (response)
        {
            throw await ErrorReader.ReadAsync(response, Time, attempt.Token);
        }
    }

    private async Task<T> TryAsync<T>(Attempt attempt, Func<Task<T>> work, CancellationToken cancelled)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException e) when (attempt.Stalled && !cancelled.IsCancellationRequested)
        {
            throw NoAnswer($"did not respond within {_options.Timeout.TotalSeconds:0.###} s", e, neverReached: false, passing: true);
        }
        catch (HttpRequestException e)
        {
            throw NoAnswer(
                $"could not be reached: {e.Message}",
                e,
                neverReached: e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
                passing: e.HttpRequestError is not (HttpRequestError.SecureConnectionError or HttpRequestError.ConfigurationLimitExceeded));
        }
        catch (IOException e) when (e is HttpIOException || e.InnerException is SocketException)
        {
            throw NoAnswer($"broke off: {e.Message}", e, neverReached: false, passing: true);
        }
    }

    private AttemptException NoAnswer(string what, Exception cause, bool neverReached, bool passing) =>
        new(new(ErrorCode.TemporarilyUnavailable, $"The server {_options.Host.Authority} {what}", cause) { StatusCode = 0 })
        {
            NeverReached = neverReached,
            Passing = passing,
        };
}
