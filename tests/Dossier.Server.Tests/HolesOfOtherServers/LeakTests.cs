using System.Net;
using System.Text.Json;

namespace Dossier.Server.Tests.HolesOfOtherServers;

/// <summary>Holes that other servers had: names, counts and values of what one may not read, in searches, page tokens and errors.</summary>
public abstract class LeakTests(Attack attack)
{
    public static TheoryData<string, string> Named { get; } = new()
    {
        { "GET experiments/get-by-name?experiment_name={exp-name}", "" },
        { "GET runs/get?run_id={run}", "" },
        { "GET artifacts/list?run_id={run}", "" },
        { "GET get-artifact?run_id={run}&path=secret.txt", "" },
        { "HEAD get-artifact?run_id={run}&path=secret.txt", "" },
        { "GET metrics/get-history?run_id={run}&metric_key=m", "" },
        { "POST runs/log-parameter", """{"run_id": "{run}", "key": "p", "value": "other"}""" },
        { "POST runs/log-batch", """{"run_id": "{run}", "params": [{"key": "p", "value": "other"}]}""" },
        { "POST runs/delete", """{"run_id": "{run}"}""" },
        { "POST runs/delete-tag", """{"run_id": "{run}", "key": "none"}""" },
        { "GET logged-models/{logged}", "" },
        { "POST logged-models/{logged}/params", """{"params": [{"key": "p", "value": "other"}]}""" },
        { "DELETE logged-models/{logged}/tags/t", "" },
        { "GET registered-models/get?name={model}", "" },
        { "POST registered-models/rename", """{"name": "{model}", "new_name": "{my-model}"}""" },
        { "POST registered-models/alias", """{"name": "{model}", "alias": "a", "version": "99"}""" },
        { "GET registered-models/alias?name={model}&alias=a", "" },
        { "GET registered-models/get-latest-versions?name={model}", "" },
        { "GET model-versions/get?name={model}&version=1", "" },
        { "GET model-versions/get?name={model}&version=99", "" },
        { "GET model-versions/get-download-uri?name={model}&version=1", "" },
        { "GET model-versions/get-artifact?name={model}&version=1&path=secret.txt", "" },
        { "GET /model-versions/get-artifact?name={model}&version=1&path=secret.txt", "" },
        { "POST model-versions/create", """{"name": "{model}", "source": "s3://b/m"}""" },
        { "POST model-versions/transition-stage", """{"name": "{model}", "version": "1", "stage": "Production"}""" },
        { "POST transition-requests/create", """{"name": "{model}", "version": "1", "stage": "Production"}""" },
        { "POST comments/create", """{"name": "{model}", "version": "1", "comment": "c"}""" },
        { "GET activities/list?name={model}&version=1", "" },
    };

    [Theory]
    [MemberData(nameof(Named))]
    public async Task What_one_may_not_read_is_answered_in_the_same_words_as_what_is_not_there(string request, string body)
    {
        var foreign = await attack.SendAsync(attack.Fill(request), body.Length == 0 ? null : attack.Fill(body));
        var missing = await attack.SendAsync(attack.FillMissing(request), body.Length == 0 ? null : attack.FillMissing(body));
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal((missing.Status, missing.Body), (foreign.Status, attack.Theirs.Unfill(foreign.Body, attack)));
    }

    [Theory]
    [InlineData("POST experiments/search", """{"max_results": 1000, "view_type": "ALL"}""")]
    [InlineData("POST experiments/search", """{"filter": "name = 'secret-plans'"}""")]
    [InlineData("POST experiments/search", """{"filter": "name LIKE '%'", "order_by": ["name"]}""")]
    [InlineData("GET experiments/search?filter=name%20LIKE%20'secret%25'")]
    [InlineData("POST runs/search", """{"experiment_ids": ["{exp}"]}""")]
    [InlineData("POST runs/search", """{"experiment_ids": ["{my-exp}", "{exp}", "0"], "run_view_type": "ALL"}""")]
    [InlineData("POST runs/search", """{"experiment_ids": ["{my-exp}", "{exp}"], "filter": "params.p = 'the-secret-value'"}""")]
    [InlineData("POST logged-models/search", """{"experiment_ids": ["{my-exp}", "{exp}"]}""")]
    [InlineData("POST experiments/search-datasets", """{"experiment_ids": ["{my-exp}", "{exp}"]}""")]
    [InlineData("GET registered-models/search")]
    [InlineData("GET registered-models/search?filter=name%20LIKE%20'secret%25'")]
    [InlineData("GET model-versions/search")]
    [InlineData("GET model-versions/search?filter=run_id%3D'{run}'")]
    [InlineData("GET model-versions/search?filter=name%3D'{model}'")]
    public async Task A_search_finds_nothing_of_it(string request, string? body = null)
    {
        var answer = await attack.TryAsync(request, body);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(attack.Theirs.Run, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_do_not_tell_how_much_of_it_there_is()
    {
        var pages = 0;
        for (string? token = ""; token is not null; pages++)
        {
            var page = (await attack.TryAsync("POST experiments/search", $$"""{"max_results": 1, "page_token": "{{token}}"}""")).Json;
            Assert.Single(page.GetProperty("experiments").EnumerateArray());
            token = page.TryGetProperty("next_page_token", out var next) ? next.GetString() : null;
        }

        Assert.Equal(1, pages);
    }

    [Theory]
    [InlineData("experiments/search", """{"max_results": 1, "page_token": "TOKEN"}""")]
    [InlineData("runs/search", """{"experiment_ids": ["{exp}", "{my-exp}"], "max_results": 1, "page_token": "TOKEN"}""")]
    public async Task The_page_token_of_somebody_else_opens_nothing(string path, string body)
    {
        var first = await attack.Server.PostAsync(path, attack.Fill(body.Replace("TOKEN", "", StringComparison.Ordinal)));
        var token = first.Json.GetProperty("next_page_token").GetString()!;
        var answer = await attack.TryAsync($"POST {path}", body.Replace("TOKEN", token, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_experiment_by_id_is_forbidden_and_no_more_told_of_it()
    {
        var answer = await attack.TryAsync("GET experiments/get?experiment_id={exp}");
        Assert.Equal((HttpStatusCode.Forbidden, "PERMISSION_DENIED"), (answer.Status, answer.ErrorCode));
        Assert.Equal($"User attacker does not have permission to 'View' experiment with id {attack.Theirs.Experiment}", answer.Message);
    }

    [Theory]
    [InlineData("POST registered-models/create", """{"name": "{model}"}""", "Registered Model (name={model}) already exists.")]
    [InlineData("POST registered-models/rename", """{"name": "{my-model}", "new_name": "{model}"}""", "Registered Model (name={model}) already exists.")]
    [InlineData("POST experiments/create", """{"name": "{exp-name}"}""", "Experiment(name={exp-name}) already exists.")]
    [InlineData("POST experiments/update", """{"experiment_id": "{my-exp}", "new_name": "{exp-name}"}""", "Experiment(name={exp-name}) already exists.")]
    public async Task That_a_name_is_taken_is_all_that_is_told_of_who_has_it(string request, string body, string told)
    {
        var answer = await attack.TryAsync(request, body);
        Assert.Equal("RESOURCE_ALREADY_EXISTS", answer.ErrorCode);
        Assert.StartsWith(attack.Fill(told), answer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Attack.Secret, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whether_an_experiment_is_deleted_is_not_told_of_its_name()
    {
        await attack.Victim.PostAsync("experiments/create", """{"name": "gone"}""");
        var before = await attack.TryAsync("POST experiments/create", """{"name": "gone"}""");
        var id = (await attack.Victim.GetAsync("experiments/get-by-name?experiment_name=gone")).Json.GetProperty("experiment").GetProperty("experiment_id").GetString();
        await attack.Victim.PostAsync("experiments/delete", JsonSerializer.Serialize(new { experiment_id = id }));
        Assert.Equal(before, await attack.TryAsync("POST experiments/create", """{"name": "gone"}"""));
        foreach (var step in new[] { "experiments/get", "experiments/restore" })
        {
            var answer = step == "experiments/get" ? await attack.TryAsync($"GET {step}?experiment_id={id}") : await attack.TryAsync($"POST {step}", $$"""{"experiment_id": "{{id}}"}""");
            Assert.DoesNotContain("deleted", answer.Body, StringComparison.Ordinal);
        }
    }
}

public sealed class LeakTestsOnSqlite(Attack attack) : LeakTests(attack), IClassFixture<Attack>;

public sealed class LeakTestsOnPostgres(AttackOnPostgres attack) : LeakTests(attack), IClassFixture<AttackOnPostgres>;
