using System.Net;
using Dossier.Core.Access;
using Dossier.Server.Tests.Support;
using Dossier.Testing;

namespace Dossier.Server.Tests.Webhooks;

public sealed class ScopeTests
{
    private static readonly string[] Created = ["MODEL_VERSION_CREATED"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_webhook_follows_its_model_through_a_rename_and_knows_nothing_of_another_that_takes_its_name(Database database)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await HookedServer.StartAsync(database);
        await server.ModelAsync("old");
        var id = await server.HookAsync(receiver, "old", Created);
        await server.VersionAsync("old");
        await server.RenameAsync("old", "new");
        await server.ModelAsync("old");
        await server.VersionAsync("old");
        await server.VersionAsync("new");

        Assert.Equal(("old", "1"), NameAndVersion(await receiver.NextAsync(Cancel)));
        Assert.Equal(("new", "2"), NameAndVersion(await receiver.NextAsync(Cancel)));
        var listed = await HookedServer.DoAsync(server.Server.Admin, HttpMethod.Get, "registry-webhooks/list?model_name=new");
        Assert.Equal(id, Assert.Single(listed.GetProperty("webhooks").EnumerateArray()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_webhook_is_gone_with_its_model_and_a_later_model_of_that_name_tells_it_nothing(Database database)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await HookedServer.StartAsync(database);
        await server.ModelAsync("pcb");
        var id = await server.HookAsync(receiver, "pcb", Created);
        await HookedServer.DoAsync(server.Server.Admin, HttpMethod.Delete, "registered-models/delete", new { name = "pcb" });
        await server.ModelAsync("pcb");
        await server.VersionAsync("pcb");
        var all = await server.HookAsync(receiver, null, Created);
        await server.VersionAsync("pcb");

        // The one about all models tells of the second version; the first was before it.
        var post = await receiver.NextAsync(Cancel);
        Assert.Equal((all, "2"), (post.Member("webhook_id"), post.Member("version")));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Server.GetAsync($"registry-webhooks/deliveries?id={id}")).Status);
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task Disabled_and_test_mode_send_nothing_but_a_test_on_demand()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await HookedServer.StartAsync(Database.Sqlite);
        await server.ModelAsync("pcb");
        var id = await server.HookAsync(receiver, "pcb", Created, "key");
        await HookedServer.DoAsync(server.Server.Admin, HttpMethod.Patch, "registry-webhooks/update", new { id, status = "TEST_MODE" });
        await server.VersionAsync("pcb");
        await HookedServer.DoAsync(server.Server.Admin, HttpMethod.Patch, "registry-webhooks/update", new { id, status = "DISABLED" });
        await server.VersionAsync("pcb");
        var test = await server.DoAsync("registry-webhooks/test", new { id, @event = "MODEL_VERSION_TRANSITIONED_TO_ARCHIVED" });
        Assert.Equal(200, test.GetProperty("status_code").GetInt32());
        var example = await receiver.NextAsync(Cancel);
        Assert.Equal(("MODEL_VERSION_TRANSITIONED_TO_ARCHIVED", "Archived"), (example.Member("event"), example.Member("to_stage")));

        await HookedServer.DoAsync(server.Server.Admin, HttpMethod.Patch, "registry-webhooks/update", new { id, status = "ACTIVE" });
        await server.VersionAsync("pcb");
        Assert.Equal("3", (await receiver.NextAsync(Cancel)).Member("version"));
        Assert.Equal(2, receiver.Count);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Who_manages_a_model_has_webhooks_about_it_and_only_administrators_about_all(Database database)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await HookedServer.StartAsync(database, requireSignIn: true);
        var (ada, eve) = (await server.Server.UserAsync("ada"), await server.Server.UserAsync("eve"));
        await HookedServer.DoAsync(ada, HttpMethod.Post, "registered-models/create", new { name = "pcb" });
        var id = await server.HookAsync(receiver, "pcb", Created, by: ada);

        var create = $$"""{"events": ["MODEL_VERSION_CREATED"], "http_url_spec": {"url": "{{receiver.Url}}"}, "model_name": "pcb"}""";
        Assert.Equal("RESOURCE_DOES_NOT_EXIST", (await eve.PostAsync("registry-webhooks/create", create)).ErrorCode);
        var ofAll = create.Replace(""", "model_name": "pcb" """.TrimEnd(), "", StringComparison.Ordinal);
        Assert.Equal("PERMISSION_DENIED", (await ada.PostAsync("registry-webhooks/create", ofAll)).ErrorCode);
        Assert.Equal("PERMISSION_DENIED", (await ada.GetAsync("registry-webhooks/list")).ErrorCode);
        Assert.Equal("PERMISSION_DENIED", (await ada.GetAsync("webhooks")).ErrorCode);
        Assert.Equal(HttpStatusCode.OK, (await ada.GetAsync("registry-webhooks/list?model_name=pcb")).Status);
        foreach (var (method, path, body) in new[]
        {
            ("PATCH", "update", $$"""{"id": "{{id}}"}"""), ("DELETE", "delete", $$"""{"id": "{{id}}"}"""), ("POST", "test", $$"""{"id": "{{id}}"}"""), ("GET", $"deliveries?id={id}", null),
        })
        {
            var answer = await eve.SendAsync(new(method), $"/api/2.0/mlflow/registry-webhooks/{path}", body);
            Assert.Equal(("RESOURCE_DOES_NOT_EXIST", $"Webhook with id={id} not found."), (answer.ErrorCode, answer.Message));
        }

        Assert.Equal(0, receiver.Count);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task An_owner_who_may_not_read_the_model_any_more_is_told_nothing_until_somebody_who_may_takes_the_webhook_over(Database database)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await HookedServer.StartAsync(database, requireSignIn: true);
        var ada = await server.Server.UserAsync("ada", BuiltIn.AdminsId);
        await server.ModelAsync("pcb");
        var id = await server.HookAsync(receiver, null, Created, by: ada);
        await server.Server.Server.Store.Identity.ChangeMembersAsync(BuiltIn.AdminsId, [], [ada.Id], new("root", 0), Cancel);
        await server.VersionAsync("pcb");
        var withheld = await server.DeliveryAsync(id, "GIVEN_UP");
        Assert.Equal("'ada', who made or last changed the webhook, may not know this any more. Somebody who may can update it.", withheld.GetProperty("error").GetString());
        Assert.Equal(0, receiver.Count);

        await HookedServer.DoAsync(server.Server.Admin, HttpMethod.Patch, "registry-webhooks/update", new { id });
        await server.VersionAsync("pcb");
        Assert.Equal("2", (await receiver.NextAsync(Cancel)).Member("version"));
    }

    private static (string?, string?) NameAndVersion(ReceivedPost post) => (post.Member("model_name"), post.Member("version"));
}
