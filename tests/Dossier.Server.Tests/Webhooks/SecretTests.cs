using System.Text;
using Dossier.Server.Hosting;
using Dossier.Server.Tests.Support;
using Dossier.Testing;

namespace Dossier.Server.Tests.Webhooks;

public sealed class SecretTests
{
    private const string Canary = "canary-9c1b7d4e-secret";
    private const string Header = "Bearer canary-9c1b7d4e-header";

    [Fact]
    public async Task Secrets_are_in_no_answer_and_nowhere_in_the_files_of_the_database()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var folder = new TemporaryFolder();
        var options = RunningServer.OptionsIn(folder) with { AllowPrivateWebhooks = true };
        var said = new StringBuilder();
        await using (var server = new HookedServer(await RunningServer.StartAsync(_ => options)))
        {
            var id = await server.HookAsync(receiver, null, ["REGISTERED_MODEL_CREATED"], Canary, Header);
            await server.ModelAsync("pcb");
            Assert.Equal(Header, (await receiver.NextAsync(TestContext.Current.CancellationToken)).Header("Authorization"));
            said.Append(await server.DeliveryAsync(id, "DELIVERED"));
            said.Append(await HookedServer.DoAsync(server.Server.Admin, HttpMethod.Patch, "registry-webhooks/update", new { id, http_url_spec = new { secret = Canary + "2" } }));
            said.Append(await HookedServer.DoAsync(server.Server.Admin, HttpMethod.Get, "registry-webhooks/list"));
            said.Append(await server.DoAsync("registry-webhooks/test", new { id }));
            said.Append((await server.Server.PostAsync("registry-webhooks/create", $$$"""{"events": ["COMMENT_CREATED"], "http_url_spec": {"url": "https://localhost/", "secret": "{{{Canary}}}{{{new string('x', 5000)}}}"}}""")).Body);
            said.Append((await server.Server.PostAsync("webhooks", $$"""{"name": "n", "events": [{"entity": "prompt", "action": "created"}], "url": "https://user:{{Canary}}@localhost/"}""")).Body);
        }

        Assert.DoesNotContain("canary", said.ToString(), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(folder.Path, "dossier.db*"))
        {
            Assert.DoesNotContain("canary-9c1b", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Combine("dossier.db.key")));
        }
    }

    [Fact]
    public async Task A_server_on_PostgreSQL_without_a_key_file_says_so_when_it_is_to_keep_a_secret()
    {
        var database = await (await PostgresServer.GetAsync()).CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var server = await RunningServer.StartAsync(options => options with { BackendStore = database.Uri });
        const string Secret = """{"events": ["COMMENT_CREATED"], "http_url_spec": {"url": "https://hooks.example.com/", "secret": "s"}}""";
        var refused = await server.PostAsync("registry-webhooks/create", Secret);
        Assert.Equal("INVALID_STATE", refused.ErrorCode);
        Assert.Contains("--key-file", refused.Message, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await server.PostAsync("registry-webhooks/create", Secret.Replace(""", "secret": "s" """.TrimEnd(), "", StringComparison.Ordinal))).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("too short")]
    public async Task A_key_file_that_is_none_is_told_at_the_start(string? content)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("key");
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        }

        var refused = await Assert.ThrowsAsync<ServerOptionsException>(() => RunningServer.StartAsync(options => options with { KeyFile = file }));
        Assert.Contains($"key file '{file}' can't be used", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_another_key_nothing_is_sent_and_the_log_says_why()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var folder = new TemporaryFolder();
        var options = RunningServer.OptionsIn(folder) with { AllowPrivateWebhooks = true };
        string id;
        await using (var server = new HookedServer(await RunningServer.StartAsync(_ => options)))
        {
            id = await server.HookAsync(receiver, null, ["REGISTERED_MODEL_CREATED"], "s");
        }

        await using var other = new HookedServer(await RunningServer.StartAsync(_ => options with { KeyFile = RunningServer.KeyFileIn(folder.Path) }));
        await other.ModelAsync("pcb");
        var waiting = await other.DeliveryAsync(id, "WAITING", delivery => delivery.TryGetProperty("error", out _));
        Assert.Equal("The webhook's secret can't be read with this server's key file.", waiting.GetProperty("error").GetString());
        Assert.Equal(0, receiver.Count);
    }
}
