using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dossier.Testing;

namespace Dossier.Cli.Tests;

public sealed class WebhookTests
{
    private const string Secret = "canary-of-the-command-line";

    [Fact]
    public async Task A_webhook_is_made_tested_watched_changed_and_deleted_and_its_secret_is_never_shown()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var folder = new TemporaryFolder();
        await using var server = await RunningProgram.StartAsync(
            "Ctrl-C", [], "server", "--port", "0", "--backend-store", $"sqlite:///{folder.Combine("d.db")}", "--artifact-root", folder.Combine("a"), "--allow-private-webhooks");
        var shown = new StringBuilder();
        async Task<string> RunAsync(params string[] arguments)
        {
            var ended = (await Cli.RunAsync([("MLFLOW_TRACKING_URI", server.Url), ("DOSSIER_WEBHOOK_AUTHORIZATION", "Bearer " + Secret)], ["webhooks", .. arguments])).Good();
            shown.Append(ended.Output).Append(ended.Errors);
            return ended.Output;
        }

        await File.WriteAllTextAsync(folder.Combine("secret"), Secret + "\n", TestContext.Current.CancellationToken);
        var made = JsonElement.Parse(await RunAsync(
            "create", "--event", "REGISTERED_MODEL_CREATED", "--url", receiver.Url.ToString(), "--insecure-tls", "true", "--secret-file", folder.Combine("secret"), "--format", "json"));
        var id = made.GetProperty("id").GetString()!;

        Assert.Contains("The receiver answered 200", await RunAsync("test", id), StringComparison.Ordinal);
        var post = await receiver.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Bearer " + Secret, post.Header("Authorization"));
        Assert.Equal(Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), post.Body)).ToLowerInvariant(), post.Header("X-Databricks-Signature"));

        Assert.Contains(id, await RunAsync("list"), StringComparison.Ordinal);
        Assert.Equal("", await RunAsync("deliveries", id));
        Assert.Contains("Changed", await RunAsync("update", id, "--status", "DISABLED"), StringComparison.Ordinal);
        Assert.Contains("DISABLED", await RunAsync("list", "--format", "csv"), StringComparison.Ordinal);
        Assert.Contains("Deleted", await RunAsync("delete", id), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", shown.ToString(), StringComparison.Ordinal);
    }
}
