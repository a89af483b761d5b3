using System.Net;
using System.Reflection;
using Dossier.Protocol;
using Dossier.Server.Http;
using Dossier.Server.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Dossier.Server.Tests.Audit;

public sealed class SecretTests
{
    private const string Secret = "hf_verysecretvalue";

    public static TheoryData<string, string> Writes => new()
    {
        { "runs/log-parameter", """{"run_id": "RUN", "key": "hub_token", "value": "SECRET"}""" },
        { "runs/log-batch", """{"run_id": "RUN", "params": [{"key": "hub_token", "value": "SECRET"}], "tags": [{"key": "api_key", "value": "SECRET"}]}""" },
        { "runs/set-tag", """{"run_id": "RUN", "key": "password", "value": "SECRET"}""" },
        { "runs/create", """{"experiment_id": "0", "tags": [{"key": "password", "value": "SECRET"}]}""" },
        { "runs/log-inputs", """{"run_id": "RUN", "datasets": [{"tags": [{"key": "password", "value": "SECRET"}], "dataset": {"name": "d", "digest": "1", "source_type": "s", "source": "s"}}]}""" },
        { "experiments/create", """{"name": "e", "tags": [{"key": "password", "value": "SECRET"}]}""" },
        { "experiments/set-experiment-tag", """{"experiment_id": "0", "key": "password", "value": "SECRET"}""" },
        { "registered-models/create", """{"name": "m2", "tags": [{"key": "password", "value": "SECRET"}]}""" },
        { "registered-models/set-tag", """{"name": "m", "key": "password", "value": "SECRET"}""" },
        { "model-versions/create", """{"name": "m", "source": "s3://b/m", "tags": [{"key": "password", "value": "SECRET"}]}""" },
        { "model-versions/set-tag", """{"name": "m", "version": "1", "key": "password", "value": "SECRET"}""" },
        { "logged-models", """{"experiment_id": "0", "params": [{"key": "hub_token", "value": "SECRET"}], "tags": [{"key": "password", "value": "SECRET"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_server_that_masks_keeps_no_secret_anywhere(string path, string body)
    {
        await using var server = await RunningServer.StartAsync(options => options with { MaskSecrets = true });
        Assert.Equal(HttpStatusCode.OK, (await WriteAsync(server, path, body)).Status);
        Assert.DoesNotContain(await AllTextsAsync(server), text => text.Contains(Secret, StringComparison.Ordinal));
        Assert.Contains(await AllTextsAsync(server), text => text is "<HUB_TOKEN>" or "<PASSWORD>" or "<API_KEY>");
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Events_carry_no_secret_on_any_server(string path, string body)
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await WriteAsync(server, path, body)).Status);
        Assert.DoesNotContain(Secret, (await server.SendAsync(HttpMethod.Get, "/api/2.0/audit/events?max_results=1000")).Body, StringComparison.Ordinal);
        Assert.Contains(Secret, await AllTextsAsync(server));
    }

    [Fact]
    public void Every_message_that_brings_params_or_tags_is_masked()
    {
        var names = typeof(LogParam).Assembly.GetExportedTypes()
            .Where(type => type.GetProperties().Any(property => property.PropertyType == typeof(IReadOnlyList<Tag>) || property.PropertyType == typeof(IReadOnlyList<Param>))
                && type.GetMethod("<Clone>$") is not null && type.Namespace == "Dossier.Protocol" && IsRequest(type))
            .ToList();
        Assert.True(names.Count >= 8, string.Join(", ", names.Select(type => type.Name)));
        foreach (var type in names)
        {
            var message = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
            foreach (var property in type.GetProperties().Where(property => property.PropertyType == typeof(IReadOnlyList<Tag>)))
            {
                property.SetValue(message, new List<Tag> { new("password", Secret) });
            }

            foreach (var property in type.GetProperties().Where(property => property.PropertyType == typeof(IReadOnlyList<Param>)))
            {
                property.SetValue(message, new List<Param> { new("password", Secret) });
            }

            var masked = typeof(SecretMask).GetMethod(nameof(SecretMask.Of), BindingFlags.Public | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [message])!;
            Assert.DoesNotContain(Secret, System.Text.Json.JsonSerializer.Serialize(masked, type, WireJson.Options), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Errors_do_not_repeat_the_value_of_a_secret()
    {
        await using var server = await RunningServer.StartAsync();
        var run = await server.CreateRunAsync();
        await LogAsync(Secret);
        Assert.Contains("<HUB_TOKEN>", Refused(await LogAsync("another" + Secret)), StringComparison.Ordinal);
        Assert.Contains("6000", Refused(await LogAsync(Secret + new string('x', 7000))), StringComparison.Ordinal);
        Refused(await server.PostAsync("runs/log-batch", $$"""{"run_id": "{{run}}", "params": [{"key": "api_key", "value": "{{Secret}}"}, {"key": "api_key", "value": "1"}]}"""));
        Refused(await server.PostAsync("runs/log-batch", $$"""{"run_id": "{{run}}", "tags": [{"key": "api_key", "value": "{{Secret}}{{new string('x', 9000)}}"}]}"""));
        Refused(await server.PostAsync("experiments/create", $$"""{"name": "e", "artifact_location": "nothing://ann:{{Secret}}@host/x"}"""));

        Task<Answer> LogAsync(string value) => server.PostAsync("runs/log-parameter", $$"""{"run_id": "{{run}}", "key": "hub_token", "value": "{{value}}"}""");

        static string Refused(Answer answer)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.DoesNotContain(Secret, answer.Message, StringComparison.Ordinal);
            return answer.Message;
        }
    }

    [Fact]
    public async Task Events_carry_no_credentials_of_uris()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("registered-models/create", """{"name": "m"}""");
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("registered-models/set-tag", $$"""{"name": "m", "key": "origin", "value": "https://ann:{{Secret}}@host/m"}""")).Status);
        var events = (await server.SendAsync(HttpMethod.Get, "/api/2.0/audit/events?action=registered_model.set_tag")).Body;
        Assert.Contains("https://***@host/m", events, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, events, StringComparison.Ordinal);
    }

    private static bool IsRequest(Type type) => type.Name.StartsWith("Create", StringComparison.Ordinal) || type.Name.StartsWith("Log", StringComparison.Ordinal)
        || type.Name.StartsWith("Set", StringComparison.Ordinal) ? !type.Name.StartsWith("LoggedModel", StringComparison.Ordinal) : false;

    private static async Task<Answer> WriteAsync(RunningServer server, string path, string body)
    {
        var run = await server.CreateRunAsync();
        await server.PostAsync("registered-models/create", """{"name": "m"}""");
        await server.PostAsync("model-versions/create", """{"name": "m", "source": "s3://b/m"}""");
        return await server.PostAsync(path, body.Replace("RUN", run, StringComparison.Ordinal).Replace("SECRET", Secret, StringComparison.Ordinal));
    }

    // Every value of every table that has params or tags, and every event.
    private static async Task<List<string>> AllTextsAsync(RunningServer server)
    {
        string[] tables = ["params", "run_tags", "experiment_tags", "registered_model_tags", "model_version_tags", "logged_model_tags", "logged_model_params", "dataset_input_tags"];
        var select = string.Join(" UNION ALL ", tables.Select(table => $"SELECT value FROM {table}")) + " UNION ALL SELECT detail FROM events";
        var file = Path.Combine(Path.GetDirectoryName(server.ArtifactRoot)!, "dossier.db");
        await using var database = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
#pragma warning disable CA2100 // Made of names of tables.
        command.CommandText = select;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
