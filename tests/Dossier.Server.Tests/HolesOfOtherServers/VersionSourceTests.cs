using System.Net;
using System.Text.Json;

namespace Dossier.Server.Tests.HolesOfOtherServers;

/// <summary>Holes that other servers had: a version of one's own model whose source is somebody else's files, which it then hands out.</summary>
public sealed class VersionSourceTests(Attack attack) : IClassFixture<Attack>
{
    public static TheoryData<string> Foreign { get; } =
    [
        "runs:/{run}", "runs:/{run}/secret.txt", "RUNS:/{run}/x", "models:/{logged}", "MODELS:/{logged}", "models:/{model}/1",
        "mlflow-artifacts:/{exp}/{run}/artifacts", "mlflow-artifacts:/{exp}/{run}", "mlflow-artifacts:/{exp}", "mlflow-artifacts:/{exp}/models/{logged}/artifacts",
        "MLFLOW-Artifacts:/{exp}/{run}/artifacts", "mlflow-artifacts:///{exp}/{run}/artifacts", "mlflow-artifacts:////{exp}/{run}/artifacts", "mlflow-artifacts:/",
    ];

    public static TheoryData<string> Escapes { get; } =
    [
        "mlflow-artifacts:/{my-exp}/../{exp}/{run}/artifacts", "mlflow-artifacts:/{my-exp}/%2e%2e/{exp}", "mlflow-artifacts:/{my-exp}/%252e%252e/{exp}",
        "mlflow-artifacts:/{my-exp}/..%2f{exp}", "mlflow-artifacts:/{my-exp}\\..\\{exp}", "mlflow-artifacts:/{my-exp}/%5c..%5c{exp}", "mlflow-artifacts:/{my-exp}//{exp}",
        "runs:/{my-run}/../../../{exp}/{run}", "runs:/{my-run}/%2e%2e/%2e%2e/{exp}", "file:///etc/passwd", "file:/etc/passwd", "FILE:///etc/passwd", "file://localhost/etc/passwd",
        "/etc/passwd", "../../etc/passwd", "mlflow-artifacts:/{my-exp}/?x=/{exp}", "mlflow-artifacts:/{my-exp}#/../{exp}",
    ];

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task The_files_of_somebody_else_are_as_good_as_missing(string source)
    {
        var (foreign, missing) = (await CreateAsync(attack.Fill(source)), await CreateAsync(attack.FillMissing(source)));
        Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST"), (foreign.Status, foreign.ErrorCode));
        Assert.Equal(missing.Message, attack.Theirs.Unfill(foreign.Message, attack));
        await ExpectNoVersionAsync();
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task Calling_it_a_prompt_changes_nothing(string source)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await CreateAsync(attack.Fill(source), prompt: true)).Status);
        await ExpectNoVersionAsync();
    }

    [Theory]
    [MemberData(nameof(Escapes))]
    public async Task No_source_leads_out_of_where_it_begins(string source)
    {
        foreach (var prompt in new[] { false, true })
        {
            var answer = await CreateAsync(attack.Fill(source), prompt);
            Assert.True(answer.Status == HttpStatusCode.BadRequest || (prompt && IsHarmless(attack.Fill(source))), answer.ToString());
        }
    }

    [Theory]
    [InlineData("run_id", "{run}", "{no-run}")]
    [InlineData("model_id", "{logged}", "{no-logged}")]
    public async Task A_version_is_of_no_run_or_logged_model_that_its_author_may_not_read(string member, string theirs, string nobodys)
    {
        var foreign = await attack.TryAsync("POST model-versions/create", $$"""{"name": "{my-model}", "source": "s3://b/m", "{{member}}": "{{theirs}}"}""");
        var missing = await attack.TryAsync("POST model-versions/create", $$"""{"name": "{my-model}", "source": "s3://b/m", "{{member}}": "{{nobodys}}"}""");
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal(missing.Message, attack.Theirs.Unfill(foreign.Message, attack));
        await ExpectNoVersionAsync();
    }

    [Fact]
    public async Task What_one_may_read_is_a_source_as_before()
    {
        await using var other = new Attack();
        await other.InitializeAsync();
        foreach (var source in new[] { "runs:/{my-run}/secret.txt", "models:/{my-logged}", "models:/{my-model}/1", "mlflow-artifacts:/{my-exp}/{my-run}/artifacts" })
        {
            Assert.Equal(HttpStatusCode.OK, (await other.TryAsync("POST model-versions/create", $$"""{"name": "{my-model}", "source": "{{source}}"}""")).Status);
        }
    }

    // A prompt's source that is no URI is a word, which leads nowhere.
    private static bool IsHarmless(string source) => source.StartsWith('/') || source.StartsWith("file", StringComparison.OrdinalIgnoreCase);

    private Task<Support.Answer> CreateAsync(string source, bool prompt = false) => attack.SendAsync("POST model-versions/create", JsonSerializer.Serialize(new
    {
        name = attack.Mine.Model,
        source,
        tags = prompt ? [new { key = "mlflow.prompt.is_prompt", value = "true" }] : Array.Empty<object>(),
    }));

    private async Task ExpectNoVersionAsync()
    {
        var versions = await attack.TryAsync("GET model-versions/search?filter=name%3D'{my-model}'");
        foreach (var version in versions.Json.GetProperty("model_versions").EnumerateArray())
        {
            var file = await attack.TryAsync($"GET model-versions/get-artifact?name={{my-model}}&version={version.GetProperty("version").GetString()}&path=secret.txt");
            Assert.DoesNotContain(Attack.Secret, file.Body, StringComparison.Ordinal);
        }
    }
}
