using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Audit;

public sealed class AuditTests
{
    private const string Events = "/api/2.0/audit/events";

    public static TheoryData<Database> Both => [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Both))]
    public async Task An_administrator_sees_who_changed_what_from_which_value_to_which(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        await server.PostAsync("registered-models/create", """{"name": "pcb"}""");
        await server.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/registered-models/update", """{"name": "pcb", "description": "new"}""");
        var page = await server.SendAsync(HttpMethod.Get, $"{Events}?object_type=registered_model&object_id=pcb&action=registered_model.update");
        var change = Assert.Single(page.Json.GetProperty("events").EnumerateArray());
        Assert.Equal(("root", "registered_model", "pcb"), (change.GetProperty("principal").GetString(), change.GetProperty("object_type").GetString(), change.GetProperty("object_id").GetString()));
        Assert.Equal("""[{"field":"description","from":null,"to":"new"}]""", change.GetProperty("detail").GetProperty("changes").GetRawText());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Who_manages_an_object_sees_its_events_and_nobody_else_but_administrators(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        var (ann, ben) = (await server.UserAsync("ann"), await server.UserAsync("ben"));
        await ann.PostAsync("registered-models/create", """{"name": "pcb"}""");
        await ann.PostAsync("model-versions/create", """{"name": "pcb", "source": "s3://b/m"}""");
        foreach (var query in new[] { "object_type=registered_model&object_id=pcb", "object_type=model_version&object_id=pcb/1" })
        {
            Assert.NotEmpty((await ann.SendAsync(HttpMethod.Get, $"{Events}?{query}")).Json.GetProperty("events").EnumerateArray());
            Assert.Equal(HttpStatusCode.NotFound, (await ben.SendAsync(HttpMethod.Get, $"{Events}?{query}")).Status);
        }

        foreach (var query in new[] { "", "?principal=ann", "?object_type=user&object_id=ann" })
        {
            Assert.Equal((HttpStatusCode.Forbidden, "PERMISSION_DENIED"), (await ann.SendAsync(HttpMethod.Get, Events + query)) is var refused ? (refused.Status, refused.ErrorCode) : default);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await ann.SendAsync(HttpMethod.Get, "/api/2.0/audit/verify")).Status);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Who_takes_a_name_that_a_model_had_learns_nothing_of_that_model(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        var (ann, ben) = (await server.UserAsync("ann"), await server.UserAsync("ben"));
        await ann.PostAsync("registered-models/create", """{"name": "pcb"}""");
        var made = await ann.PostAsync("model-versions/create", """{"name": "pcb", "source": "s3://b/m"}""");
        var then = made.Json.GetProperty("model_version").GetProperty("creation_timestamp").GetInt64();
        await ann.PostAsync("registered-models/rename", """{"name": "pcb", "new_name": "moved"}""");
        await ben.PostAsync("registered-models/create", """{"name": "pcb"}""");

        var stage = $"/api/2.0/audit/stage?name=pcb&stage=None&at={then}";
        Assert.DoesNotContain("ann", (await ben.SendAsync(HttpMethod.Get, stage)).Body, StringComparison.Ordinal);
        Assert.Contains("ann", (await server.SendAsync(HttpMethod.Get, stage)).Body, StringComparison.Ordinal);
        foreach (var query in new[] { "object_type=registered_model&object_id=pcb", "object_type=model_version&object_id=pcb/1" })
        {
            Assert.DoesNotContain("ann", (await ben.SendAsync(HttpMethod.Get, $"{Events}?{query}")).Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("max_results=0", "max_results")]
    [InlineData("max_results=1001", "max_results")]
    [InlineData("order=sideways", "order")]
    [InlineData("from=-1", "from")]
    [InlineData("to=soon", "to")]
    [InlineData("object_type=run", "object_id")]
    [InlineData("object_id=1", "object_type")]
    [InlineData("page_token=abc", "page_token")]
    public async Task A_malformed_question_is_told_what_is_wrong(string query, string field)
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await server.SendAsync(HttpMethod.Get, $"{Events}?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
        Assert.Contains(field, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Which_version_was_in_a_stage_is_told_to_who_may_read_the_model(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        await server.PostAsync("registered-models/create", """{"name": "pcb"}""");
        await server.PostAsync("model-versions/create", """{"name": "pcb", "source": "s3://b/m"}""");
        await server.PostAsync("model-versions/transition-stage", """{"name": "pcb", "version": "1", "stage": "Production"}""");
        var now = (await server.SendAsync(HttpMethod.Get, "/api/2.0/audit/stage?name=pcb&stage=production")).Json;
        var version = Assert.Single(now.GetProperty("versions").EnumerateArray());
        Assert.Equal(("1", "root", "Production"), (version.GetProperty("version").GetString(), version.GetProperty("principal").GetString(), now.GetProperty("stage").GetString()));
        var before = version.GetProperty("since").GetInt64() - 1;
        var earlier = (await server.SendAsync(HttpMethod.Get, $"/api/2.0/audit/stage?name=pcb&stage=Production&at={before}")).Json;
        Assert.False(earlier.TryGetProperty("versions", out var none) && none.GetArrayLength() > 0);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, "/api/2.0/audit/stage?name=never&stage=Production")).Status);
        var stranger = await server.UserAsync("ben");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendAsync(HttpMethod.Get, "/api/2.0/audit/stage?name=pcb&stage=Production")).Status);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Events_are_sealed_within_a_second_and_verify(Database database)
    {
        await using var server = await RunningServer.StartAsync(database);
        await server.CreateRunAsync();
        var verified = await UntilAsync(
            () => server.SendAsync(HttpMethod.Get, "/api/2.0/audit/verify"), answer => answer.Json.TryGetProperty("unsealed", out var rest) && rest.GetInt64() == 0);
        Assert.False(verified.Json.TryGetProperty("problem", out _));
        var head = verified.Json.GetProperty("head").GetString();
        var again = await server.SendAsync(HttpMethod.Get, $"/api/2.0/audit/verify?head={head}");
        Assert.True(again.Json.GetProperty("found_head").GetInt64() > 0);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Get, "/api/2.0/audit/verify?head=short")).Status);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Reads_of_artifacts_are_events_of_what_they_belong_to(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        var run = await server.CreateRunAsync();
        var file = $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/model/weights.bin";
        await server.SendAsync(HttpMethod.Put, file, "0123456789");
        await server.PostAsync("registered-models/create", """{"name": "pcb"}""");
        await server.PostAsync("model-versions/create", $$"""{"name": "pcb", "source": "runs:/{{run}}/model", "run_id": "{{run}}"}""");

        using var part = new HttpRequestMessage(HttpMethod.Get, file) { Headers = { Range = new RangeHeaderValue(2, 3) } };
        Assert.Equal("23", (await server.Admin.SendAsync(part)).Body);
        await server.SendAsync(HttpMethod.Head, file);
        await server.SendAsync(HttpMethod.Get, file + "-missing");
        await server.SendAsync(HttpMethod.Get, $"/get-artifact?run_id={run}&path=model/weights.bin");
        await server.SendAsync(HttpMethod.Get, "/model-versions/get-artifact?name=pcb&version=1&path=weights.bin");
        var events = await EventsAsync(server, "action=artifact.read&order=asc", 3);
        Assert.Equal(
            [
                $$"""root run {{run}} {"path":"0/{{run}}/artifacts/model/weights.bin","range":"bytes=2-3"}""",
                $$"""root run {{run}} {"path":"model/weights.bin"}""",
                """root model_version pcb/1 {"path":"weights.bin"}""",
            ],
            events);
        Assert.Single(await EventsAsync(server, "action=artifact.read&object_type=model_version&object_id=pcb/1", 1));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Refusals_are_events_and_a_flood_of_them_is_one_with_its_number(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        var ben = await server.UserAsync("ben");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ben.SendAsync(HttpMethod.Get, "/api/2.0/audit/verify")));
        var denied = await EventsAsync(server, "action=request.deny", 1);
        Assert.All(denied, one => Assert.StartsWith("ben request GET /api/2.0/audit/verify {\"address\":\"127.0.0.1\",\"reason\":\"", one, StringComparison.Ordinal));
        Assert.True(denied.Count < 10, string.Join('\n', denied));

        const string Secret = "dossier_wrongwrongwrongwrongwrongwrong";
        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/api/2.0/mlflow/experiments/get?experiment_id=0") { Headers = { Authorization = new("Bearer", Secret) } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Nobody.SendAsync(wrong)).Status);
        await server.Nobody.GetAsync("experiments/get?experiment_id=0");
        var failed = Assert.Single(await EventsAsync(server, "action=sign_in.fail", 1));
        Assert.StartsWith(" request GET /api/2.0/mlflow/experiments/get", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("wrongwrong", failed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_server_takes_down_no_reads()
    {
        await using var server = await RunningServer.StartAsync();
        var run = await server.CreateRunAsync();
        await server.SendAsync(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/a", "1");
        await server.SendAsync(HttpMethod.Get, $"/get-artifact?run_id={run}&path=a");
        await UntilAsync(() => server.SendAsync(HttpMethod.Get, "/api/2.0/audit/verify"), answer => answer.Json.TryGetProperty("head", out _));
        Assert.Empty(await EventsAsync(server, "action=artifact.read", 0));
    }

    private static async Task<List<string>> EventsAsync(RunningServer server, string query, int fewest)
    {
        var answer = await UntilAsync(() => server.SendAsync(HttpMethod.Get, $"{Events}?{query}"), answer => Items(answer).Count >= fewest);
        return [.. Items(answer).Select(one =>
            $"{one.GetProperty("principal").GetString()} {one.GetProperty("object_type").GetString()} {one.GetProperty("object_id").GetString()} {one.GetProperty("detail").GetRawText()}")];
    }

    private static List<JsonElement> Items(Answer answer) => answer.Json.TryGetProperty("events", out var events) ? [.. events.EnumerateArray()] : [];

    private static async Task<Answer> UntilAsync(Func<Task<Answer>> ask, Func<Answer, bool> isThere)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (; ; await Task.Delay(50, limit.Token))
        {
            var answer = await ask();
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            if (isThere(answer))
            {
                return answer;
            }
        }
    }
}
