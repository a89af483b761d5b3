using System.Text;
using Dossier.Testing;

namespace Dossier.Cli.Tests;

/// <summary>From an empty database to a token, as its first administrator goes that way.</summary>
public sealed class SignInTests
{
    private const string Ann = "ann@example.com";
    private const string Chosen = "canary-password-5b1d";

    [Fact]
    public async Task The_first_administrator_gets_a_one_time_password_chooses_a_password_and_makes_tokens_and_no_secret_is_kept_or_logged()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["server", "--auth", "--port", "0", "--backend-store", Store(folder), "--artifact-root", folder.Combine("artifacts")];
        Assert.Contains("dossier admin create", (await Cli.RunAsync(arguments)).Failed(1).Errors, StringComparison.Ordinal);

        var oneTime = await CreateAdminAsync(folder);
        await using var server = await RunningProgram.StartAsync("Ctrl-C stops", [], arguments);
        (string, string?)[] Signed(string password) =>
            [("MLFLOW_TRACKING_URI", server.Url), ("MLFLOW_TRACKING_USERNAME", Ann), ("MLFLOW_TRACKING_PASSWORD", password)];
        var refused = (await Cli.RunAsync(Signed(oneTime), "list", "experiments")).Failed(1);
        Assert.Contains($"dossier password change --user {Ann}", refused.Errors, StringComparison.Ordinal);

        await ChangeAsync(server.Url, "wrong-canary-77", Chosen, 1);
        await ChangeAsync(server.Url, oneTime, Chosen, 0);
        Assert.Contains("User name or password is wrong", (await Cli.RunAsync(Signed(oneTime), "list", "experiments")).Failed(1).Errors, StringComparison.Ordinal);
        var token = (await Cli.RunAsync(Signed(Chosen), "tokens", "create", "--comment", "laptop", "--days", "3")).Good().Output.Trim();
        Assert.StartsWith("dossier_", token, StringComparison.Ordinal);

        (string, string?)[] withToken = [("MLFLOW_TRACKING_URI", server.Url), ("MLFLOW_TRACKING_TOKEN", token)];
        Assert.Contains("laptop", (await Cli.RunAsync(withToken, "tokens", "list")).Good().Output, StringComparison.Ordinal);
        Assert.Contains(Ann, (await Cli.RunAsync(withToken, "tokens", "list", "--all", "-f", "csv")).Good().Output, StringComparison.Ordinal);
        Assert.Contains("Default", (await Cli.RunAsync(withToken, "list", "experiments")).Good().Output, StringComparison.Ordinal);
        var reset = (await Cli.RunAsync(withToken, "password", "reset", Ann)).Good().Output.Trim();
        var id = (await Cli.RunAsync(withToken, "tokens", "list", "-f", "csv")).Good().Output.Split('\n')[1].Split(',')[0];
        (await Cli.RunAsync(withToken, "tokens", "delete", id)).Good();
        Assert.Contains("was deleted", (await Cli.RunAsync(withToken, "tokens", "list")).Failed(1).Errors, StringComparison.Ordinal);

        await CommandProcess.TerminateAsync(server.Process);
        var log = (await server.EndAsync()).Good().Errors;
        var kept = string.Concat(Directory.GetFiles(folder.Path, "dossier.db*").Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Contains("token.delete", kept, StringComparison.Ordinal);
        foreach (var secret in new[] { oneTime, Chosen, "wrong-canary-77", token, reset, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Ann}:{Chosen}")) })
        {
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, refused.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_password_is_read_from_a_pipe_and_never_from_the_command_line()
    {
        var ended = (await Cli.RunAsync("password", "change", "--user", Ann, "--tracking-uri", "http://127.0.0.1:1", Chosen)).Failed(2);
        Assert.DoesNotContain("--password", (await Cli.RunAsync("password", "change", "--help")).Good().Output, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
    }

    [Fact]
    public async Task An_identity_provider_needs_all_that_belongs_to_it_and_sign_in()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["server", "--port", "0", "--backend-store", Store(folder), "--artifact-root", folder.Combine("artifacts"), "--oidc-issuer"];
        Assert.Contains("--oidc-client-id", (await Cli.RunAsync([.. arguments, "https://login.example.com"])).Failed(2).Errors, StringComparison.Ordinal);
        var ended = (await Cli.RunAsync([.. arguments, "http://login.example.com", "--oidc-client-id", "dossier"])).Failed(1);
        Assert.Contains("https://", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("--auth", ended.Errors, StringComparison.Ordinal);
    }

    /// <summary>Makes an administrator and gives the one-time password.</summary>
    internal static async Task<string> CreateAdminAsync(TemporaryFolder folder) =>
        (await Cli.RunAsync("admin", "create", Ann, "--backend-store", Store(folder))).Good().Output.Trim();

    private static string Store(TemporaryFolder folder) => $"sqlite:///{folder.Combine("dossier.db")}";

    private static async Task ChangeAsync(string url, string current, string chosen, int exitCode)
    {
        using var process = Cli.Start([("MLFLOW_TRACKING_URI", url)], "password", "change", "--user", Ann);
        await process.StandardInput.WriteAsync($"{current}\n{chosen}\n");
        process.StandardInput.Close();
        (await CommandProcess.EndAsync(process)).Failed(exitCode);
    }
}
