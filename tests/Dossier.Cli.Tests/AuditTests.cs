using System.Text.Json;
using Dossier.Cli.Options;
using Dossier.Testing;
using Microsoft.Data.Sqlite;

namespace Dossier.Cli.Tests;

public sealed class AuditTests(DemoServer server)
{
    [Fact]
    public async Task Events_are_a_table_of_who_did_what_to_what()
    {
        var list = (await server.RunAsync("audit", "list", "--object", $"model_version:{DemoServer.Model}/1", "--oldest-first")).Good();
        var lines = list.Output.Split('\n');
        Assert.Matches("^TIMESTAMP +PRINCIPAL +ACTION +OBJECT +DETAIL$", lines[0]);
        Assert.Matches($@"^\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d +andre@mycompany\.com +model_version\.create +model_version:{DemoServer.Model}/1 +source: – → ", lines[1]);
        Assert.Contains(lines, line => line.Contains("model_version.transition_stage", StringComparison.Ordinal) && line.Contains("current_stage: None → Staging", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_time_and_an_action_narrow_the_list()
    {
        Assert.Empty((await server.RunAsAdminAsync("audit", "list", "--until", "2026-01-01")).Good().Output);
        using var events = JsonDocument.Parse((await server.RunAsAdminAsync("audit", "list", "--since", "1d", "--action", "registered_model.", "-f", "json")).Good().Output);
        Assert.NotEmpty(events.RootElement.EnumerateArray());
        Assert.All(events.RootElement.EnumerateArray(), one => Assert.StartsWith("registered_model.", one.GetProperty("action").GetString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--object", "pcb")]
    [InlineData("--object", ":1")]
    [InlineData("--since", "yesterday")]
    public async Task A_wrong_filter_is_told_and_nothing_is_asked(string option, string value)
    {
        var ended = (await server.RunAsync("audit", "list", option, value)).Failed(2);
        Assert.Contains(option, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_in_a_stage_is_told()
    {
        var now = (await server.RunAsync("audit", "stage", DemoServer.Model, "Staging", "--format", "csv")).Good().Output.Split("\r\n");
        Assert.Equal("version,since,by,event", now[0]);
        Assert.StartsWith("1,", now[1], StringComparison.Ordinal);
        Assert.Empty((await server.RunAsync("audit", "stage", DemoServer.Model, "Staging", "--at", "2020-01-01")).Good().Output);
        (await server.RunAsync("audit", "stage", "nowhere", "Staging")).Failed(1);
    }

    [Fact]
    public async Task Verifying_over_http_prints_the_head_that_a_later_check_knows()
    {
        using var first = JsonDocument.Parse((await server.RunAsAdminAsync("audit", "verify", "--format", "json")).Good().Output);
        var head = first.RootElement.GetProperty("head").GetString()!;
        var again = (await server.RunAsAdminAsync("audit", "verify", "--head", head)).Good();
        Assert.Contains("The events are as they were sealed.", again.Output, StringComparison.Ordinal);
        Assert.Contains("is that of seal", again.Output, StringComparison.Ordinal);
        var other = (await server.RunAsAdminAsync("audit", "verify", "--head", new string('0', 64))).Failed(1);
        Assert.Contains("no seal has it", other.Output, StringComparison.Ordinal);
        (await server.RunAsAdminAsync("audit", "verify", "--head", "short")).Failed(2);
    }

    [Fact]
    public async Task Verifying_a_database_itself_names_the_event_that_was_changed()
    {
        using var folder = new TemporaryFolder();
        var uri = $"sqlite:///{folder.Combine("dossier.db")}";
        (await Cli.RunAsync("audit", "verify", "--backend-store", uri)).Failed(2);
        await using (var running = await RunningProgram.StartAsync(
            "Ctrl-C stops", [], "server", "--port", "0", "--backend-store", uri, "--artifact-root", folder.Combine("artifacts")))
        {
            using var client = new HttpClient();
            using var experiment = new StringContent("""{"name": "kept"}""");
            (await client.PostAsync($"{running.Url}/api/2.0/mlflow/experiments/create", experiment)).EnsureSuccessStatusCode();
            await CommandProcess.TerminateAsync(running.Process);
            (await running.EndAsync()).Good();
        }

        // The server seals what is left when it stops.
        var good = (await Cli.RunAsync("audit", "verify", "--backend-store", uri)).Good();
        Assert.Matches("not sealed yet +0", good.Output);
        await using (var database = new SqliteConnection($"Data Source={folder.Combine("dossier.db")};Pooling=False"))
        {
            await database.OpenAsync();
            await using var forge = database.CreateCommand();
            forge.CommandText = "DROP TRIGGER events_no_UPDATE; UPDATE events SET principal = 'somebody else' WHERE action = 'experiment.create' AND object_id <> '0'";
            Assert.Equal(1, await forge.ExecuteNonQueryAsync());
        }

        var forged = (await Cli.RunAsync("audit", "verify", "--backend-store", uri)).Failed(1);
        Assert.Contains("NOT AS THEY WERE SEALED", forged.Output, StringComparison.Ordinal);
        Assert.Contains("experiment.create of 1 by somebody else", forged.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-01", 1_793_491_200_000)]
    [InlineData("2026-11-01T10:00Z", 1_793_527_200_000)]
    [InlineData("2026-11-01T10:00:30.5Z", 1_793_527_230_500)]
    [InlineData("2026-11-01T10:00+02:00", 1_793_520_000_000)]
    [InlineData("2h", 7_192_800_000)]
    [InlineData("30m", 7_198_200_000)]
    [InlineData("7d", 6_595_200_000)]
    [InlineData("", null)]
    [InlineData("h", null)]
    [InlineData("-2h", null)]
    [InlineData("99999999d", null)]
    [InlineData("2147483647w", null)]
    [InlineData("1969-12-31", null)]
    [InlineData("2026-13-01", null)]
    [InlineData("1.11.2026", null)]
    public void A_time_is_read_as_people_write_it(string text, long? milliseconds) =>
        Assert.Equal(milliseconds, TimeOption.Parse(text, DateTimeOffset.FromUnixTimeMilliseconds(7_200_000_000)));
}
