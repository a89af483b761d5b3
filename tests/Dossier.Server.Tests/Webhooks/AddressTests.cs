using System.Net;
using Dossier.Server.Tests.Support;
using Dossier.Testing;

namespace Dossier.Server.Tests.Webhooks;

/// <summary>Webhooks are no way into the network that the server stands in.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://0/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://192.168.0.1:8443/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("http://hooks.example.com/")]
    [InlineData("https://hooks.example.com:22/")]
    [InlineData("https://user:password@hooks.example.com/")]
    [InlineData("https://hooks.example.com/#part")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://hooks.example.com/")]
    [InlineData("/relative")]
    [InlineData("https:///nohost")]
    public async Task A_url_that_leads_inside_or_is_none_is_refused(string url)
    {
        await using var server = await RunningServer.StartAsync();
        var ofRegistry = await server.PostAsync("registry-webhooks/create", $$$"""{"events": ["COMMENT_CREATED"], "http_url_spec": {"url": "{{{url}}}"}}""");
        var ofMlflow = await server.PostAsync("webhooks", $$"""{"name": "n", "events": [{"entity": "PROMPT", "action": "CREATED"}], "url": "{{url}}"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (ofRegistry.Status, ofRegistry.ErrorCode));
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (ofMlflow.Status, ofMlflow.ErrorCode));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    public async Task A_name_that_leads_to_a_private_address_is_not_connected_to(string host)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await RunningServer.StartAsync();
        var made = await server.PostAsync("registry-webhooks/create", $$$"""{"events": ["REGISTERED_MODEL_CREATED"], "http_url_spec": {"url": "https://{{{host}}}:{{{receiver.Url.Port}}}/", "enable_ssl_verification": false}}""");
        var id = made.Json.GetProperty("webhook").GetProperty("id").GetString()!;
        var test = await server.PostAsync("registry-webhooks/test", $$"""{"id": "{{id}}"}""");
        Assert.Equal(0, test.Json.GetProperty("status_code").GetInt32());
        Assert.Contains("not a public address", test.Json.GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", test.Body, StringComparison.Ordinal);

        await using var hooked = new HookedServer(server);
        await hooked.ModelAsync("pcb");
        await hooked.DeliveryAsync(id, "GIVEN_UP");
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task No_proxy_of_the_environment_is_used()
    {
        // A proxy would look names up itself, and so go around the check.
        await using var proxy = await WebhookReceiver.StartAsync(https: false);
        await using var receiver = await WebhookReceiver.StartAsync(https: false);
        var before = Environment.GetEnvironmentVariable("http_proxy");
        Environment.SetEnvironmentVariable("http_proxy", $"http://127.0.0.1:{proxy.Url.Port}");
        try
        {
            await using var server = await HookedServer.StartAsync(Database.Sqlite);
            var id = await server.HookAsync(receiver, null, ["REGISTERED_MODEL_CREATED"]);
            await server.DoAsync("registry-webhooks/test", new { id });
        }
        finally
        {
            Environment.SetEnvironmentVariable("http_proxy", before);
        }

        Assert.Equal((1, 0), (receiver.Count, proxy.Count));
    }
}
