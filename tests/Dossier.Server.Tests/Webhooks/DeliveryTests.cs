using System.Security.Cryptography;
using System.Text;
using Dossier.Server.Tests.Support;
using Dossier.Testing;

namespace Dossier.Server.Tests.Webhooks;

public sealed class DeliveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task What_happens_to_a_model_is_told_in_its_order_signed_and_with_the_authorization(Database database)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await HookedServer.StartAsync(database);
        await server.ModelAsync("pcb");
        await server.ModelAsync("other");
        var id = await server.HookAsync(
            receiver, "pcb", ["MODEL_VERSION_CREATED", "MODEL_VERSION_TRANSITIONED_TO_PRODUCTION", "MODEL_VERSION_TAG_SET"], "the key", "Bearer of-the-hook");

        await server.VersionAsync("other");
        await server.VersionAsync("pcb");
        await server.MoveAsync("pcb", "1", "Staging");
        await server.MoveAsync("pcb", "1", "Production");
        await server.DoAsync("model-versions/set-tag", new { name = "pcb", version = "1", key = "checked", value = "ja" });

        var (created, moved, tagged) = (await receiver.NextAsync(Cancel), await receiver.NextAsync(Cancel), await receiver.NextAsync(Cancel));
        Assert.Equal(["MODEL_VERSION_CREATED", "MODEL_VERSION_TRANSITIONED_TO_PRODUCTION", "MODEL_VERSION_TAG_SET"], [created.Member("event"), moved.Member("event"), tagged.Member("event")]);
        Assert.Equal($$"""{"event":"MODEL_VERSION_TRANSITIONED_TO_PRODUCTION","webhook_id":"{{id}}","event_timestamp":{{moved.Member("event_timestamp")}},"model_name":"pcb","version":"1","text":"local moved version 1 of registered model 'pcb' from Staging to Production.","from_stage":"Staging","to_stage":"Production"}""", moved.Text);
        Assert.Equal("""[{"key":"checked","value":"ja"}]""", tagged.Member("tags"));
        Assert.DoesNotContain("s3://", created.Text, StringComparison.Ordinal);
        Assert.All([created, moved, tagged], post =>
        {
            using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes("the key"));
            Assert.Equal(Convert.ToHexString(hmac.ComputeHash(post.Body)).ToLowerInvariant(), post.Header("X-Databricks-Signature"));
            Assert.Equal("Bearer of-the-hook", post.Header("Authorization"));
            Assert.Equal("application/json", post.Header("Content-Type"));
        });
        Assert.Equal("DELIVERED", (await server.DeliveryAsync(id, "DELIVERED")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task What_3x_clients_subscribe_to_is_told_in_their_dialect(Database database)
    {
        await using var receiver = await WebhookReceiver.StartAsync(https: false);
        await using var server = await HookedServer.StartAsync(database);
        await server.DoAsync("webhooks", new
        {
            name = "all",
            url = receiver.Url,
            secret = "key",
            events = new[]
            {
                new { entity = "REGISTERED_MODEL", action = "CREATED" }, new { entity = "MODEL_VERSION", action = "CREATED" }, new { entity = "MODEL_VERSION_ALIAS", action = "CREATED" },
                new { entity = "PROMPT", action = "CREATED" }, new { entity = "PROMPT_VERSION", action = "CREATED" }, new { entity = "MODEL_VERSION_TAG", action = "DELETED" },
            },
        });

        var (prompt, text) = (new { key = "mlflow.prompt.is_prompt", value = "true" }, new { key = "mlflow.prompt.text", value = "Hi {{name}}" });
        await server.ModelAsync("pcb", new { key = "team", value = "vision" });
        await server.VersionAsync("pcb", new { key = "t", value = "1" });
        await server.DoAsync("registered-models/alias", new { name = "pcb", alias = "champion", version = "1" });
        await HookedServer.DoAsync(server.Server.Admin, HttpMethod.Delete, "model-versions/delete-tag", new { name = "pcb", version = "1", key = "t" });
        await server.ModelAsync("greeting", prompt);
        await server.VersionAsync("greeting", prompt, text);

        string[] expected =
        [
            """{"name":"pcb","tags":{"team":"vision"},"description":null}""",
            """{"name":"pcb","version":"1","source":"s3://b/m","run_id":null,"tags":{"t":"1"},"description":null}""",
            """{"name":"pcb","alias":"champion","version":"1"}""",
            """{"name":"pcb","version":"1","key":"t"}""",
            """{"name":"greeting","tags":{},"description":null}""",
            """{"name":"greeting","version":"1","template":"Hi {{name}}","tags":{},"description":null}""",
        ];
        string[] names = ["registered_model.created", "model_version.created", "model_version_alias.created", "model_version_tag.deleted", "prompt.created", "prompt_version.created"];
        for (var i = 0; i < expected.Length; i++)
        {
            var post = await receiver.NextAsync(Cancel);
            Assert.Equal(names[i], $"{post.Member("entity")}.{post.Member("action")}");
            Assert.Equal(expected[i], post.Member("data"));
            var signed = Encoding.UTF8.GetBytes($"{post.Header("X-MLflow-Delivery-Id")}.{post.Header("X-MLflow-Timestamp")}.{post.Text}");
            Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes("key"), signed))}", post.Header("X-MLflow-Signature"));
        }
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_receiver_that_fails_is_asked_again_with_the_same_message_and_then_gets_what_came_after(Database database)
    {
        await using var receiver = await WebhookReceiver.StartAsync(500, 503, 200);
        await using var server = await HookedServer.StartAsync(database);
        await server.ModelAsync("pcb");
        var id = await server.HookAsync(receiver, "pcb", ["MODEL_VERSION_CREATED"]);
        await server.VersionAsync("pcb");
        await server.VersionAsync("pcb");

        var posts = new[] { await receiver.NextAsync(Cancel), await receiver.NextAsync(Cancel), await receiver.NextAsync(Cancel), await receiver.NextAsync(Cancel) };
        Assert.Equal(["1", "1", "1", "2"], posts.Select(post => post.Member("version")));
        Assert.Equal(2, posts.Select(post => post.Header("X-Dossier-Delivery-Id")).Distinct().Count());
        Assert.Equal(posts[0].Text, posts[2].Text);
        await server.DeliveryAsync(id, "DELIVERED");
        var first = (await server.DeliveriesAsync(id))[1];
        Assert.Equal(("DELIVERED", 3, 200), (first.GetProperty("status").GetString(), first.GetProperty("attempts").GetInt32(), first.GetProperty("status_code").GetInt32()));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(302)]
    public async Task A_message_that_a_receiver_refuses_or_redirects_is_given_up_and_the_next_one_sent(int status)
    {
        await using var elsewhere = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync((http, number) =>
        {
            http.Response.StatusCode = number == 1 ? status : 200;
            http.Response.Headers.Location = elsewhere.Url.ToString();
            return Task.CompletedTask;
        });
        await using var server = await HookedServer.StartAsync(Database.Sqlite);
        await server.ModelAsync("pcb");
        var id = await server.HookAsync(receiver, null, ["MODEL_VERSION_CREATED"]);
        await server.VersionAsync("pcb");
        await server.VersionAsync("pcb");
        await server.DeliveryAsync(id, "DELIVERED");
        var first = (await server.DeliveriesAsync(id))[1];
        Assert.Equal(("GIVEN_UP", status, $"The receiver answered {status}."), (first.GetProperty("status").GetString(), first.GetProperty("status_code").GetInt32(), first.GetProperty("error").GetString()));
        Assert.Equal((2, 0), (receiver.Count, elsewhere.Count));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_taken_only_where_the_webhook_says_so()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await HookedServer.StartAsync(Database.Sqlite);
        var id = await server.HookAsync(receiver, null, ["REGISTERED_MODEL_CREATED"]);
        Assert.Equal(200, (await server.DoAsync("registry-webhooks/test", new { id })).GetProperty("status_code").GetInt32());

        await HookedServer.DoAsync(server.Server.Admin, HttpMethod.Patch, "registry-webhooks/update", new { id, http_url_spec = new { enable_ssl_verification = true } });
        var test = await server.DoAsync("registry-webhooks/test", new { id });
        Assert.Equal((0, "The receiver's certificate is not trusted, or TLS failed otherwise."), (test.GetProperty("status_code").GetInt32(), test.GetProperty("body").GetString()));
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task Two_servers_on_one_database_send_each_message_once_and_in_order()
    {
        const int Versions = 25;
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await HookedServer.StartAsync(Database.Postgres);
        await using var replica = await RunningServer.StartAsync(_ => server.Server.Options);
        await server.ModelAsync("pcb");
        var id = await server.HookAsync(receiver, "pcb", ["MODEL_VERSION_CREATED"], "key");
        for (var i = 0; i < Versions; i++)
        {
            await HookedServer.DoAsync(i % 2 == 0 ? server.Server.Admin : replica.Admin, HttpMethod.Post, "model-versions/create", new { name = "pcb", source = "s3://b/m" });
        }

        var versions = new List<string?>();
        while (versions.Count < Versions)
        {
            versions.Add((await receiver.NextAsync(Cancel)).Member("version"));
        }

        Assert.Equal(Enumerable.Range(1, Versions).Select(i => $"{i}"), versions);
        await server.DeliveryAsync(id, "DELIVERED");
        Assert.All(await server.DeliveriesAsync(id), delivery => Assert.Equal(1, delivery.GetProperty("attempts").GetInt32()));
        Assert.Equal(Versions, receiver.Count);
    }

    [Fact]
    public async Task What_waited_when_a_server_stopped_is_sent_by_the_next_one()
    {
        await using var receiver = await WebhookReceiver.StartAsync(503, 200);
        using var folder = new TemporaryFolder();
        var options = RunningServer.OptionsIn(folder) with { AllowPrivateWebhooks = true };
        await using (var server = new HookedServer(await RunningServer.StartAsync(_ => options)))
        {
            await server.ModelAsync("pcb");
            await server.HookAsync(receiver, "pcb", ["MODEL_VERSION_CREATED"], "key");
            await server.VersionAsync("pcb");
            await receiver.NextAsync(Cancel);
        }

        await using var next = new HookedServer(await RunningServer.StartAsync(_ => options));
        Assert.Equal("1", (await receiver.NextAsync(Cancel)).Member("version"));
    }
}
