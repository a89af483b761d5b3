using System.Net;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests;

/// <summary>Many clients that change the same things at once.</summary>
public sealed class WriteRaceTests
{
    private const int Clients = 16;

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Of_many_that_create_the_same_name_one_wins_and_the_others_are_told_that_it_exists(Database database)
    {
        await using var server = await RunningServer.StartAsync(database);
        foreach (var path in new[] { "experiments/create", "registered-models/create" })
        {
            var answers = await AtOnceAsync(_ => server.PostAsync(path, """{"name": "same"}"""));
            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => Assert.Equal("RESOURCE_ALREADY_EXISTS", answer.ErrorCode));
        }
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Versions_created_at_once_have_numbers_of_their_own(Database database)
    {
        await using var server = await RunningServer.StartAsync(database);
        await server.PostAsync("registered-models/create", """{"name": "m"}""");
        var answers = await AtOnceAsync(_ => server.PostAsync("model-versions/create", """{"name": "m", "source": "s3://b/m"}"""));
        Assert.Equal(Clients, answers.Select(answer => answer.Json.GetProperty("model_version").GetProperty("version").GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Changes_of_what_is_being_renamed_or_deleted_succeed_or_are_refused(Database database)
    {
        await using var server = await RunningServer.StartAsync(database);
        for (var round = 0; round < 5; round++)
        {
            var run = await server.CreateRunAsync();
            await server.PostAsync("registered-models/create", """{"name": "a"}""");
            await server.PostAsync("model-versions/create", """{"name": "a", "source": "s3://b/m"}""");
            var answers = await AtOnceAsync(i => (i % 8) switch
            {
                0 => server.PostAsync("registered-models/rename", """{"name": "a", "new_name": "b"}"""),
                1 => server.PostAsync("registered-models/rename", """{"name": "b", "new_name": "a"}"""),
                2 => server.SendAsync(HttpMethod.Delete, "/api/2.0/mlflow/registered-models/delete", """{"name": "a"}"""),
                3 => server.PostAsync("model-versions/transition-stage", """{"name": "a", "version": "1", "stage": "Production", "archive_existing_versions": true}"""),
                4 => server.PostAsync("registered-models/alias", """{"name": "a", "alias": "best", "version": "1"}"""),
                5 => server.PostAsync("runs/delete", $$"""{"run_id": "{{run}}"}"""),
                6 => server.PostAsync("runs/log-batch", $$"""{"run_id": "{{run}}", "params": [{"key": "p", "value": "{{i}}"}], "tags": [{"key": "t", "value": "{{i}}"}]}"""),
                _ => server.PostAsync("runs/restore", $$"""{"run_id": "{{run}}"}"""),
            });
            Assert.DoesNotContain(answers, answer => answer.Status is not (HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound));
        }
    }

    private static Task<Answer[]> AtOnceAsync(Func<int, Task<Answer>> send) => Task.WhenAll(Enumerable.Range(0, Clients).Select(send));
}
