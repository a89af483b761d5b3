using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Webhooks;

public sealed class RegistryWebhookTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task A_webhook_is_made_listed_changed_and_deleted()
    {
        await _server.PostAsync("registered-models/create", """{"name": "mine"}""");
        var made = await CreateAsync("""{"model_name": "mine", "events": ["MODEL_VERSION_CREATED", "COMMENT_CREATED"], "description": "to CI", "http_url_spec": {"url": "https://hooks.example.com/x"}}""");
        var id = made.Json.GetProperty("webhook").GetProperty("id").GetString()!;
        var webhook = made.Json.GetProperty("webhook");
        var time = webhook.GetProperty("creation_timestamp").GetInt64();
        Assert.Equal(
            $$$$"""{"webhook":{"id":"{{{{id}}}}","model_name":"mine","events":["MODEL_VERSION_CREATED","COMMENT_CREATED"],"description":"to CI","status":"ACTIVE","creation_timestamp":{{{{time}}}},"last_updated_timestamp":{{{{time}}}},"http_url_spec":{"url":"https://hooks.example.com/x","enable_ssl_verification":true}}}""",
            made.Body);

        var updated = await _server.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/registry-webhooks/update", $$"""{"id": "{{id}}", "status": "DISABLED", "events": ["MODEL_VERSION_TAG_SET"]}""");
        Assert.Equal(("DISABLED", "to CI"), (updated.Json.GetProperty("webhook").GetProperty("status").GetString(), updated.Json.GetProperty("webhook").GetProperty("description").GetString()));
        Assert.Contains(id, (await _server.GetAsync("registry-webhooks/list?events=MODEL_VERSION_TAG_SET&events=COMMENT_CREATED")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await _server.GetAsync("registry-webhooks/list?events=COMMENT_CREATED")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await _server.GetAsync("webhooks")).Body, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await _server.GetAsync($"webhooks/{id}")).Status);

        Assert.Equal("{}", (await _server.SendAsync(HttpMethod.Delete, $"/api/2.0/mlflow/registry-webhooks/delete?id={id}")).Body);
        Assert.Equal("{}", (await _server.GetAsync("registry-webhooks/list?model_name=mine")).Body);
    }

    [Fact]
    public async Task Lists_go_in_pages()
    {
        await _server.PostAsync("registered-models/create", """{"name": "paged"}""");
        for (var i = 0; i < 3; i++)
        {
            await CreateAsync("""{"model_name": "paged", "events": ["COMMENT_CREATED"], "http_url_spec": {"url": "https://hooks.example.com/"}}""");
        }

        var first = await _server.GetAsync("registry-webhooks/list?model_name=paged&max_results=2");
        var token = first.Json.GetProperty("next_page_token").GetString()!;
        var second = await _server.GetAsync($"registry-webhooks/list?model_name=paged&max_results=2&page_token={token}");
        Assert.Equal((2, 1), (first.Json.GetProperty("webhooks").GetArrayLength(), second.Json.GetProperty("webhooks").GetArrayLength()));
        Assert.False(second.Json.TryGetProperty("next_page_token", out _));
    }

    [Theory]
    [InlineData("""{"events": ["NOTHING"], "http_url_spec": {"url": "https://h.example.com/"}}""", "events[0]")]
    [InlineData("""{"events": [], "http_url_spec": {"url": "https://h.example.com/"}}""", "events")]
    [InlineData("""{"events": ["COMMENT_CREATED"]}""", "http_url_spec")]
    [InlineData("""{"events": ["COMMENT_CREATED"], "http_url_spec": {}}""", "http_url_spec.url")]
    [InlineData("""{"events": ["COMMENT_CREATED"], "status": "BROKEN", "http_url_spec": {"url": "https://h.example.com/"}}""", "ACTIVE, DISABLED, TEST_MODE")]
    [InlineData("""{"events": ["COMMENT_CREATED"], "job_spec": {"job_id": "1", "access_token": "t"}}""", "does not run jobs")]
    [InlineData("""{"model_name": "mine2", "events": ["REGISTERED_MODEL_CREATED"], "http_url_spec": {"url": "https://h.example.com/"}}""", "omit 'model_name'")]
    [InlineData("""{"events": ["COMMENT_CREATED"], "http_url_spec": {"url": "https://h.example.com/", "authorization": "a\r\nHost: b"}}""", "http_url_spec.authorization")]
    public async Task What_is_wrong_is_named(string body, string named)
    {
        await _server.PostAsync("registered-models/create", """{"name": "mine2"}""");
        var refused = await CreateAsync(body);
        Assert.Equal("INVALID_PARAMETER_VALUE", refused.ErrorCode);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_not_there_has_no_webhooks()
    {
        var refused = await CreateAsync("""{"model_name": "nowhere", "events": ["COMMENT_CREATED"], "http_url_spec": {"url": "https://h.example.com/"}}""");
        Assert.Equal("RESOURCE_DOES_NOT_EXIST", refused.ErrorCode);
    }

    [Fact]
    public async Task The_authorization_does_not_go_along_to_another_server()
    {
        var made = await CreateAsync("""{"events": ["COMMENT_CREATED"], "http_url_spec": {"url": "https://one.example.com/a", "authorization": "Bearer t"}}""");
        var id = made.Json.GetProperty("webhook").GetProperty("id").GetString()!;
        Task<Answer> UpdateAsync(string spec) => _server.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/registry-webhooks/update", $$"""{"id": "{{id}}", "http_url_spec": {{spec}}}""");
        Assert.Equal(200, (int)(await UpdateAsync("""{"url": "https://one.example.com/b"}""")).Status);
        Assert.Contains("authorization", (await UpdateAsync("""{"url": "https://two.example.com/b"}""")).Message, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await UpdateAsync("""{"url": "https://two.example.com/b", "authorization": ""}""")).Status);
    }

    private Task<Answer> CreateAsync(string body) => _server.PostAsync("registry-webhooks/create", body);
}
