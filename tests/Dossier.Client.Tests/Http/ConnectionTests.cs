using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dossier.Client.Tests.Peers;

namespace Dossier.Client.Tests.Http;

public sealed class ConnectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_self_signed_certificate_is_refused_unless_asked_for(bool insecure)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var peer = await Peer.StartAsync((http, _) => http.Json("""{"run": {"info": {"run_id": "r"}}}"""), certificate: certificate);
        var time = new ImpatientTime();
        using var client = new DossierClient(new(peer.Uri) { InsecureTls = insecure }, null, time);
        if (insecure)
        {
            Assert.Equal("r", (await client.Runs.GetAsync("r")).Info.RunId);
            return;
        }

        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Runs.GetAsync("r"));
        Assert.Contains("could not be reached", error.Message, StringComparison.Ordinal);

        // No wait: asking again would not make the certificate better.
        Assert.Empty(time.Waits);
        Assert.Empty(peer.Asked);
    }

    [Fact]
    public async Task A_handler_of_the_callers_is_used_and_stays_the_callers()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Json("""{"run": {"info": {"run_id": "r"}}}"""));
        using var handler = new Counting();
        using (var client = new DossierClient(new(peer.Uri), handler))
        {
            await client.Runs.GetAsync("r");
        }

        using (var client = new DossierClient(new(peer.Uri), handler))
        {
            await client.Runs.GetAsync("r");
        }

        Assert.Equal(2, handler.Count);
    }

    private sealed class Counting() : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
